package dev.resync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.ResyncException;
import dev.resync.error.RunClosed;
import dev.resync.error.SealMismatch;
import dev.resync.fixture.DatabaseState;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.stage.Stages;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
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

    /** Its shadows are moved away while it looks at them, which is not what it should complain of. */
    @Test
    void aVerdictWhoseRunIsClosedMeanwhileIsRefusedByName() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(20);
        RunDriver run = fixture.execute().upTo("verify");
        AtomicBoolean once = new AtomicBoolean();
        fixture.plans().onLoad(() -> {
            if (once.compareAndSet(false, true)) {
                run.closed(ExecutionStatus.ABORTED);
            }
        });
        // A fresh process, which has to load the plan.
        assertThatThrownBy(() -> fixture.stagesOf("1.0").call("verify", run.event()))
                .isInstanceOf(RunClosed.class);
    }

    @Test
    void aVerdictWithoutAShadowSaysThatItIsGone() {
        RunFixture fixture = new RunFixture(MONGO.client());
        fixture.indexNotes();
        fixture.collection("people").insertOne(BsonDocument.parse("{_id: 'p', training: true}"));
        fixture.collection("personView").insertOne(BsonDocument.parse("{_id: 'p'}"));
        RunDriver run = fixture.execute().upTo("verify");
        fixture.byName(run.run().sealed().get("shadow-1").namespace()).drop();
        assertThatThrownBy(() -> run.step("verify"))
                .isInstanceOf(SealMismatch.class)
                .hasMessageContaining("gone");
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
