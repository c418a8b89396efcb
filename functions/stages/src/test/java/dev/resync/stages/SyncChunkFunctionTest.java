package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.aws.Database;
import dev.resync.aws.Doctors;
import dev.resync.error.RunClosed;
import dev.resync.stage.Stages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SyncChunkFunctionTest.Deployment.class)
class SyncChunkFunctionTest {

    @Inject
    Stages stages;

    @Inject
    Database database;

    public static final class Deployment extends FunctionProfile {
        public Deployment() {
            super("sync-chunk");
        }
    }

    @Test
    void aChunkIsDoneWhileTheRunIsOpenAndRefusedAfterwards() {
        Doctors.seed(database.client());
        String run = stages.call("admit", Requests.admit(Requests.dryRun(), "sync-chunk"))
                .path("runId")
                .asText();
        stages.call("plan-chunks", Requests.run(run, 1));

        assertThat(Event.answer(Requests.chunk(run, 1, 0))).hasToString("{\"done\":true}");

        JsonNode closed = stages.call(
                "close-run", JsonNodeFactory.instance.objectNode().put("execution", Requests.EXECUTION + "sync-chunk"));
        assertThat(closed.path("outcome").asText()).isEqualTo("CLOSED");

        JsonNode error = Event.error(Requests.chunk(run, 1, 0));
        assertThat(error.path("errorType").asText()).isEqualTo(RunClosed.class.getName());
        assertThat(error.path("errorMessage").asText()).contains(run);
    }
}
