package dev.resync.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resync.admin.contract.Contract;
import dev.resync.admin.contract.Contract.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The published description names what the resources have, and nothing else. */
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contract contract = new Contract();

    @Test
    void namesEveryMethodOfTheResourcesWithItsParameters() {
        Set<String> implemented = new TreeSet<>();
        for (Object resource : AdminResources.of(() -> null, () -> null, () -> null, Optional.empty())) {
            String root = resource.getClass().getAnnotation(Path.class).value();
            for (Method method : resource.getClass().getDeclaredMethods()) {
                boolean get = method.isAnnotationPresent(GET.class);
                if (get || method.isAnnotationPresent(POST.class)) {
                    String own = method.isAnnotationPresent(Path.class)
                            ? method.getAnnotation(Path.class).value()
                            : "";
                    implemented.add((get ? "GET " : "POST ") + path(root, own) + " " + parameters(method));
                }
            }
        }
        Set<String> described = new TreeSet<>();
        contract.operations().forEach(each -> described.add(each.method() + " " + each.template() + " " + named(each)));
        assertThat(implemented).hasSizeGreaterThan(15).isEqualTo(described);
    }

    private static String path(String root, String own) {
        String joined = ("/" + root + "/" + own).replaceAll("/+", "/").replaceAll(": [^}]+}", "}");
        return joined.length() > 1 ? joined.replaceAll("/$", "") : joined;
    }

    private static Set<String> parameters(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter each : method.getParameters()) {
            if (each.isAnnotationPresent(PathParam.class)) {
                names.add("path " + each.getAnnotation(PathParam.class).value());
            } else if (each.isAnnotationPresent(QueryParam.class)) {
                names.add("query " + each.getAnnotation(QueryParam.class).value());
            } else if (each.isAnnotationPresent(HeaderParam.class)) {
                names.add("header " + each.getAnnotation(HeaderParam.class).value());
            }
        }
        return names;
    }

    private static Set<String> named(Operation operation) {
        Set<String> names = new TreeSet<>();
        operation
                .definition()
                .path("parameters")
                .forEach(each -> names.add(
                        each.path("in").asText() + " " + each.path("name").asText()));
        return names;
    }

    @Test
    void aStartHasTheFieldsOfARequestButThoseThatTheApiPutsIn() throws IOException {
        JsonNode request = JSON.readTree(
                Files.readString(java.nio.file.Path.of("..", "..", "statemachine", "request.schema.json")));
        List<String> fields = new ArrayList<>();
        request.path("properties").fieldNames().forEachRemaining(fields::add);
        fields.removeAll(List.of("via", "ticket"));
        List<String> described = new ArrayList<>();
        contract.document()
                .at("/components/schemas/StartRequest/properties")
                .fieldNames()
                .forEachRemaining(described::add);
        assertThat(described).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        contract.document().findValuesAsText("$ref").forEach(reference -> assertThat(
                        contract.document().at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }
}
