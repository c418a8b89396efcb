package dev.resync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.ResyncException;
import dev.resync.fixture.DatabaseState;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.stage.Stages;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stage called after its run was closed, with the input that it had (I6). */
class LateCallTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    static Stream<String> stages() {
        return Stages.FUNCTIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("stages")
    void changesNothingAfterAnAbort(String stage) {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(20);
        RunDriver run = fixture.execute().through("pre-cut-over");
        run.closed(ExecutionStatus.ABORTED);
        changesNothing(fixture, run, stage);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void changesNothingAfterTheEnd(String stage) {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(20);
        RunDriver run = fixture.execute();
        run.toEnd();
        run.ended(ExecutionStatus.SUCCEEDED);
        changesNothing(fixture, run, stage);
    }

    private static void changesNothing(RunFixture fixture, RunDriver run, String stage) {
        ObjectNode event = run.event().put("index", 0).put("taskToken", "t").put("approvedBy", "Grace");
        event.put("execution", run.execution()).put("by", fixture.newExecution());
        JsonNode input = stage.equals("admit")
                ? fixture.admission(fixture.request("EXECUTE").put("confirm", run.runId() + ".x"), run.execution())
                : event;
        Map<String, ContentHash> before = state(fixture);
        Throwable refused = catchThrowable(() -> fixture.call(stage, input));
        assertThat(state(fixture)).isEqualTo(before);
        if (refused != null) {
            assertThat(refused).isInstanceOf(ResyncException.class);
        }
    }

    /** The audit trail records refusals. */
    private static Map<String, ContentHash> state(RunFixture fixture) {
        return DatabaseState.of(fixture.client(), name -> !name.equals("resync.audit"));
    }
}
