package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Filters;
import dev.resync.aws.Database;
import dev.resync.aws.Doctors;
import dev.resync.error.RunClosed;
import dev.resync.error.RunUnknown;
import dev.resync.stage.Stages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PlanChunksFunctionTest.Deployment.class)
class PlanChunksFunctionTest {

    @Inject
    Stages stages;

    @Inject
    Database database;

    public static final class Deployment extends FunctionProfile {
        public Deployment() {
            super("plan-chunks");
        }
    }

    @Test
    void theChunksOfAnAdmittedRunAreCountedAndPlannedOnce() {
        Doctors.seed(database.client());
        String run = stages.call("admit", Requests.admit(Requests.dryRun(), "plan-chunks"))
                .path("runId")
                .asText();

        JsonNode answer = Event.answer(Requests.run(run, 1));

        assertThat(answer.path("snapshot").asInt()).isPositive();
        assertThat(answer.path("sync").asInt()).isPositive();
        assertThat(answer.path("map").asInt()).isPositive();
        assertThat(answer.path("restore").asInt()).isZero();
        assertThat(Event.answer(Requests.run(run, 1))).isEqualTo(answer);
        assertThat(stages.call("plan-chunks", Requests.run(run, 1))).hasToString(answer.toString());
        assertThat(database.client()
                        .getDatabase("resync")
                        .getCollection("chunks")
                        .countDocuments(Filters.eq("run", run)))
                .isEqualTo(answer.path("snapshot").asInt()
                        + answer.path("sync").asInt()
                        + answer.path("map").asInt());
        assertThat(Event.error(Requests.run(run, 2)).path("errorType").asText()).isEqualTo(RunClosed.class.getName());
    }

    @Test
    void anUnknownRunIsRefused() {
        JsonNode error = Event.error(Requests.run("test-revalidation-20260301T090000-0000000000", 1));

        assertThat(error.path("errorType").asText()).isEqualTo(RunUnknown.class.getName());
    }
}
