package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.stage.Stages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(UnreachableDatabaseTest.Deployment.class)
class UnreachableDatabaseTest {

    @Inject
    Stages stages;

    public static final class Deployment extends FunctionProfile {
        public Deployment() {
            super("admit");
            // Nobody listens on port 1.
            set("resync.mongo-uri", "mongodb://localhost:1,127.0.0.1:1/?serverSelectionTimeoutMS=100");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of();
        }
    }

    @Test
    void admitSaysThatTheCallMayBeRepeated() {
        JsonNode error = Event.error(Requests.admit(JsonNodeFactory.instance.objectNode(), "unreachable"));

        assertThat(error.path("errorType").asText()).isEqualTo(DatabaseUnavailable.class.getName());
    }

    @Test
    void soDoesEveryOtherStage() {
        assertThatThrownBy(() -> stages.call("verify", Requests.run("test-run", 1)))
                .isInstanceOf(DatabaseUnavailable.class);
    }
}
