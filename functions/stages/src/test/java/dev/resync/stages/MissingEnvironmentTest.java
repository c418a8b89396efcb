package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.error.EnvironmentInvalid;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

@QuarkusTest
@TestProfile(MissingEnvironmentTest.Deployment.class)
class MissingEnvironmentTest {

    public static final class Deployment extends FunctionProfile {
        public Deployment() {
            super("reconcile");
            set("resync.environment", null);
            set("resync.plans", null);
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of();
        }
    }

    @RepeatedTest(2)
    void everyCallIsRefused() {
        JsonNode error = Event.error(JsonNodeFactory.instance.objectNode());

        assertThat(error.path("errorType").asText()).isEqualTo(EnvironmentInvalid.class.getName());
        assertThat(error.path("errorMessage").asText()).contains("no default environment");
    }
}
