package dev.resync.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.EmbeddedDatabase;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.engine.FunctionError;
import dev.resync.environment.Colour;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The admin API as it is deployed, in a process of its own, over Lambda's Runtime API, with events of API Gateway. */
@EnabledIf(value = "dev.resync.cli.lambda.TestedPackage#startable", disabledReason = "its runtime client is for Linux")
class PackagedAdminTest {

    private static final String CALLER = "arn:aws:sts::123456789012:assumed-role/Ops/ada";

    @Test
    void answersWhoeverApiGatewayHasAuthenticated(@TempDir Path folder) throws FunctionError, IOException {
        try (EmbeddedDatabase database = new EmbeddedDatabase(0);
                FunctionProcess process = new FunctionProcess(
                                "admin",
                                TestedPackage.admin(folder),
                                Map.of(
                                        "RESYNC_ENVIRONMENT",
                                        LocalEnvironment.profile("test", Colour.GREEN, 2)
                                                .toString(),
                                        "RESYNC_PLANS",
                                        "revalidation",
                                        "RESYNC_MONGO_URI",
                                        database.uri()))
                        .awaitReady()) {
            JsonNode runs = process.call(event("GET", "/runs", CALLER));
            assertThat(runs.path("statusCode").asInt()).as("%s", runs).isEqualTo(200);
            assertThat(body(runs).path("environment").asText()).isEqualTo("test");
            assertThat(body(runs).path("runs").isArray()).isTrue();
            assertThat(body(process.call(event("GET", "/plans", CALLER)))
                            .at("/planHashes/revalidation")
                            .asText())
                    .hasSize(64);
            JsonNode nobody = process.call(event("GET", "/runs", null));
            assertThat(nobody.path("statusCode").asInt()).isEqualTo(403);
            assertThat(body(nobody).path("error").asText()).isEqualTo("dev.resync.error.AccessDenied");
            JsonNode unknown = process.call(event("POST", "/runs/none/stop", CALLER));
            assertThat(unknown.path("statusCode").asInt()).isEqualTo(404);
            assertThat(body(unknown).path("detail").asText()).contains("none");
        }
    }

    private static JsonNode body(JsonNode answer) throws IOException {
        return ControlJson.mapper().readTree(answer.path("body").asText());
    }

    private static ObjectNode event(String method, String path, String caller) {
        ObjectNode event = ControlJson.mapper().createObjectNode();
        event.put("version", "2.0")
                .put("routeKey", "$default")
                .put("rawPath", path)
                .put("rawQueryString", "");
        event.putObject("headers").put("content-type", "application/json");
        ObjectNode context = event.putObject("requestContext");
        context.putObject("http").put("method", method).put("path", path);
        if (caller != null) {
            context.putObject("authorizer").putObject("iam").put("userArn", caller);
        }
        if (method.equals("POST")) {
            event.put("body", "{\"environment\": \"test\", \"reason\": \"a test\"}");
        }
        return event;
    }
}
