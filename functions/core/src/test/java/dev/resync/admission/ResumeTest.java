package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.ConfirmationInvalid;
import dev.resync.error.PlanChanged;
import dev.resync.error.RequestInvalid;
import dev.resync.error.ResumeRefused;
import dev.resync.error.ResyncException;
import dev.resync.error.RunClosed;
import dev.resync.error.RunSuspended;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.RunState;
import java.time.Duration;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failed run goes on: by redrive of its execution, or from MAP in a new one. */
class ResumeTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private RunDriver run;

    @BeforeEach
    void suspendAfterStaging() {
        fixture = new RunFixture(MONGO.client()).filled(20);
        run = fixture.execute().through("seal-staging");
        assertThat(run.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
    }

    @Test
    void keepsLocksAndStagingWhileSuspended() {
        assertThat(fixture.context().locks().heldBy(run.runId())).hasSize(2);
        assertThat(fixture.byName(run.run().sealed().get("staging-0").namespace())
                        .countDocuments())
                .isEqualTo(20);
        assertThatThrownBy(() -> run.chunk("map", 0)).isInstanceOf(RunSuspended.class);
    }

    @Test
    void goesOnAfterARedriveOfTheSameCode() {
        run.ended(ExecutionStatus.RUNNING);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void refusesARedriveOfOtherCode() {
        run.ended(ExecutionStatus.RUNNING);
        assertThatThrownBy(() ->
                        fixture.stagesOf("1.1").call("map-chunk", run.event().put("index", 0)))
                .isInstanceOf(PlanChanged.class);
        assertThat(run.run().state()).isEqualTo(RunState.SUSPENDED);
    }

    @Test
    void refusesARedriveWithAnotherPlan() {
        run.ended(ExecutionStatus.RUNNING);
        fixture.plans().deployWith("\"path\": \"label\"", "\"path\": \"title\"");
        assertThatThrownBy(() ->
                        fixture.stagesOf("1.0").call("map-chunk", run.event().put("index", 0)))
                .isInstanceOf(PlanChanged.class);
    }

    @Test
    void mapsAgainWithAnotherPlanAndReadsNoSource() {
        fixture.plans().deployWith("\"path\": \"label\"", "\"path\": \"title\"");
        fixture.collection("people").deleteMany(new BsonDocument());
        RunDriver resumed = fixture.admit(resumeRequest(run.runId()).put("confirm", fixture.planHash()));
        assertThat(resumed.epoch()).isEqualTo(2);
        assertThat(resumed.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.collection("nameView").countDocuments(BsonDocument.parse("{title: 'Person 7'}")))
                .isEqualTo(1);
    }

    /** Nobody has confirmed what no dry run of the run's has seen. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "the hash that was confirmed", "a token"})
    void aPlanThatChangedMustBeConfirmed(String given) {
        String before = fixture.planHash();
        fixture.plans().deployWith("\"path\": \"label\"", "\"path\": \"title\"");
        ObjectNode request = resumeRequest(run.runId());
        switch (given) {
            case "a token" -> request.put("confirm", run.runId() + ".0123456789abcdef");
            case "the hash that was confirmed" -> request.put("confirm", before);
            default -> {}
        }
        assertThatThrownBy(() -> fixture.admit(request))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("was confirmed for plan people with hash " + before + "; it has hash "
                        + fixture.planHash() + " now");
        assertThat(run.run().state()).isEqualTo(RunState.SUSPENDED);
        assertThat(run.run().epoch()).isEqualTo(1);
        fixture.plans().deployWith("\"path\": \"title\"", "\"path\": \"label\"");
        assertThat(resume().toEnd().ending()).as("with the plan of before").isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void isRefusedUnderTheNameOfAnotherPlan() {
        assertThatThrownBy(() -> fixture.admit(resumeRequest(run.runId()).put("plan", "others")))
                .isInstanceOf(ResumeRefused.class)
                .hasMessageContaining("names plan others, and it is one of plan people");
        assertThat(run.run().state()).isEqualTo(RunState.SUSPENDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"concurrency", "chunkDocuments", "resumeMinutes"})
    void keepsItsOwnSizes(String field) {
        assertThatThrownBy(() -> fixture.admit(resumeRequest(run.runId()).put(field, 1)))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining(field + " is given together with resume");
    }

    @Test
    void keepsCallsOfTheFirstEpochOut() {
        RunDriver resumed = resume().through("plan-chunks");
        assertThatThrownBy(() -> run.chunk("sync", 0)).isInstanceOf(RunClosed.class);
        assertThatThrownBy(() -> run.step("verify")).isInstanceOf(RunClosed.class);
        assertThat(resumed.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key of a source        | \"field\": \"person\"        | \"field\": \"author\"",
                "transform of a key     | \"type\": \"string\", \"transform\": [\"trim\"] | \"type\": \"string\", \"transform\": [\"upper\"]",
                "exclusion of a source  | \"in\": [\"unknown\"]       | \"in\": [\"p0001\"]",
                "namespace of a source  | .notes\"                 | .remarks\"",
                "namespace of a target  | .nameView\"              | .otherView\"",
                "type of the key        | \"key\": {\"type\": \"string\"} | \"key\":  {\"type\": \"string\"} "
            })
    void refusesWhatTheStagingDoesNotHold(String what, String piece, String by) {
        fixture.plans().deployWith(piece, by);
        if (what.equals("type of the key")) {
            assertThat(resume().epoch()).as("white space changes nothing").isEqualTo(2);
            return;
        }
        assertThatThrownBy(this::resume).as("changed " + what).isInstanceOf(ResumeRefused.class);
        assertThat(run.run().state()).isEqualTo(RunState.SUSPENDED);
    }

    @Test
    void isRefusedBeforeTheStagingIsSealed() {
        RunFixture other = new RunFixture(MONGO.client()).filled(5);
        RunDriver early = other.execute().upTo("seal-staging");
        early.closed(ExecutionStatus.FAILED);
        assertThatThrownBy(() -> other.admit(resumeRequest(early.runId()))).isInstanceOf(ResumeRefused.class);
    }

    @Test
    void endsWhenItsTimeIsOver() {
        fixture.clock().pass(Duration.ofMinutes(59));
        assertThat(run.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
        fixture.clock().pass(Duration.ofMinutes(1));
        assertThat(run.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThatThrownBy(this::resume).isInstanceOf(ResumeRefused.class);
    }

    @RepeatedTest(10)
    void orCloseWinsNotBoth() {
        fixture.clock().pass(Duration.ofMinutes(61));
        try (Background<JsonNode> resume = Background.start(() -> {
                    ObjectNode event = fixture.admission(resumeRequest(run.runId()), fixture.newExecution());
                    return fixture.call("admit", event);
                });
                Background<JsonNode> close =
                        Background.start(() -> fixture.close(run.execution(), fixture.newExecution()))) {
            Throwable refused = catchThrowable(resume::result);
            String outcome = close.result().get("outcome").textValue();
            if (refused == null) {
                assertThat(outcome)
                        .as("looks again where it found a resume half done")
                        .isIn("NOTHING", "WAIT");
                assertThat(fixture.close(run.execution(), fixture.newExecution())
                                .get("outcome")
                                .textValue())
                        .isEqualTo("NOTHING");
                assertThat(run.run().state()).isEqualTo(RunState.OPEN);
                assertThat(fixture.context().locks().heldBy(run.runId())).hasSize(2);
            } else {
                assertThat(refused).isInstanceOf(ResyncException.class);
                assertThat(run.run().ending()).isEqualTo(Ending.UNTOUCHED);
                assertThat(fixture.context().locks().heldBy(run.runId())).isEmpty();
            }
        }
    }

    private RunDriver resume() {
        return fixture.admit(resumeRequest(run.runId()));
    }

    private ObjectNode resumeRequest(String runId) {
        ObjectNode request = fixture.request("EXECUTE").put("resume", runId).put("from", "MAP");
        return request;
    }
}
