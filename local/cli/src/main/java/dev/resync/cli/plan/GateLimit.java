package dev.resync.cli.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A limit of a gate that a plan sets to something other than its default.
 *
 * @param gate path of the limit below {@code gates}, such as {@code quarantine.maxShare}
 * @param value what the plan says
 * @param defaultValue what the schema says; null where it names none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GateLimit(String gate, JsonNode value, JsonNode defaultValue) {

    private static final String SCHEMA = "/plans/plan.schema.json";

    /**
     * Returns the limits of a plan that differ from their defaults, in the order of the plan. The schema is asked, so that no
     * gate is forgotten here.
     *
     * @param plan a plan that is valid
     */
    static List<GateLimit> changed(JsonNode plan) {
        JsonNode schema = schema();
        List<GateLimit> changed = new ArrayList<>();
        collect("", plan.path("gates"), schema.at("/$defs/gates"), changed);
        return changed;
    }

    private static void collect(String prefix, JsonNode given, JsonNode schema, List<GateLimit> changed) {
        given.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            String name = prefix + field.getKey();
            if (known.has("properties")) {
                collect(name + ".", field.getValue(), known, changed);
            } else if (!same(field.getValue(), known.path("default"))) {
                changed.add(new GateLimit(name, field.getValue(), known.get("default")));
            }
        });
    }

    private static boolean same(JsonNode value, JsonNode defaultValue) {
        return value.isNumber() && defaultValue.isNumber()
                ? value.decimalValue().compareTo(defaultValue.decimalValue()) == 0
                : value.equals(defaultValue);
    }

    private static JsonNode schema() {
        try (InputStream resource = GateLimit.class.getResourceAsStream(SCHEMA)) {
            return new ObjectMapper().readTree(resource);
        } catch (IOException brokenBuild) {
            throw new UncheckedIOException(brokenBuild);
        }
    }
}
