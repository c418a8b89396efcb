package dev.resync.close;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Filters;
import dev.resync.error.RequestInvalid;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.store.ControlJson;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A person ends what nothing else can end, and a stop does not wait for the time in which a run may be resumed. */
class SettlementTest {

    private static final BsonDocument EXPIRES =
            BsonDocument.parse("{key: {seen: 1}, name: 'seen_1', expireAfterSeconds: {$numberLong: '777600'}}");

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(10);
    }

    @ParameterizedTest
    @EnumSource
    void endsARunThatNeedsAnOperator(Ending ending) {
        RunDriver run = stuck();
        List<ContentHash> live = fixture.live();
        JsonNode answer = close(settlement(run, ending.name()));
        assertThat(answer.get("outcome").textValue()).isEqualTo("CLOSED");
        assertThat(answer.get("ending").textValue()).isEqualTo(ending.name());
        Run settled = run.run();
        assertThat(settled.state()).isEqualTo(RunState.CLOSED);
        assertThat(settled.ending()).isEqualTo(ending);
        assertThat(settled.receipt().get("ending").textValue()).isEqualTo(ending.name());
        assertThat(settled.receipt().at("/error/message").textValue())
                .as("what was wrong, and who says what became of it")
                .contains("holds 9 documents")
                .contains("Settled as " + ending + " by Grace: compared with the sources");
        assertThat(fixture.context().locks().heldBy(settled.id())).isEmpty();
        assertThat(fixture.live()).as("no view is changed").isEqualTo(live);
        assertThat(fixture.context().audit().all()).anySatisfy(entry -> {
            assertThat(entry.event()).isEqualTo("SETTLED");
            assertThat(entry.run()).isEqualTo(settled.id());
            assertThat(entry.who()).isEqualTo("Grace");
        });
        assertThat(fixture.execute().toEnd().ending()).as("the next run").isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void answersTheSameAgainAndNothingElse() {
        RunDriver run = stuck();
        JsonNode first = close(settlement(run, "RESTORED"));
        JsonNode receipt = run.run().receipt();
        assertThat(close(settlement(run, "RESTORED"))).isEqualTo(first);
        assertThatThrownBy(() -> close(settlement(run, "CUT_OVER")))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("CLOSED and ended RESTORED");
        assertThat(run.run().receipt()).isEqualTo(receipt);
    }

    @ParameterizedTest
    @CsvSource({
        "settleAs, GONE, 'settleAs is GONE'",
        "requestedBy, , requestedBy is missing",
        "requestedBy, ' ', requestedBy is missing",
        "reason, , reason is missing"
    })
    void isRefusedWhereSomethingIsMissing(String field, String value, String expected) {
        RunDriver run = stuck();
        Run before = run.run();
        ObjectNode input = settlement(run, "RESTORED").put(field, value);
        assertThatThrownBy(() -> close(input))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining(expected);
        assertThat(run.run()).isEqualTo(before);
    }

    @Test
    void isRefusedForARunThatEndsByItself() {
        RunDriver run = fixture.execute();
        Run before = run.run();
        assertThatThrownBy(() -> close(settlement(run, "UNTOUCHED")))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("OPEN");
        assertThat(run.run()).isEqualTo(before);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void neverSaysThatARestoreCutOver() {
        Run published = fixture.execute().toEnd();
        RunDriver restore = fixture.restore(published.snapshot()).upTo("cut-over");
        breakHalfWay(restore);
        assertThatThrownBy(() -> close(settlement(restore, "CUT_OVER"))).isInstanceOf(RequestInvalid.class);
        close(settlement(restore, "RESTORED"));
        assertThat(restore.run().ending()).isEqualTo(Ending.RESTORED);
    }

    @Test
    void aStopClosesASuspendedRunBeforeItsTimeIsOver() {
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        assertThat(run.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
        ObjectNode input = named(run);
        assertThat(close(input).get("outcome").textValue()).as("without stop").isEqualTo("WAIT");
        assertThat(close(input.put("stop", true)).get("outcome").textValue()).isEqualTo("CLOSED");
        assertThat(run.run().ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(before);
    }

    @Test
    void aStopLeavesARunAloneWhoseExecutionIsAtWork() {
        RunDriver run = fixture.execute().upTo("cut-over");
        assertThat(close(named(run).put("stop", true)).get("outcome").textValue())
                .isEqualTo("NOTHING");
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    /** What a cut-over would have added last must not be lost because a person had to end the run. */
    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"CUT_OVER", "RESTORED"})
    void bringsBackTheIndexesThatExpireDocuments(Ending ending) {
        MongoNamespace live = new MongoNamespace(fixture.database(), "nameView");
        fixture.context().store().createIndexes(live, List.of(EXPIRES));
        RunDriver run = stuck();
        assertThat(fixture.context().store().shape(live).orElseThrow().expiringIndexes())
                .isEmpty();
        close(settlement(run, ending.name()));
        assertThat(fixture.context().store().shape(live).orElseThrow().expiringIndexes())
                .hasSize(1);
    }

    @Test
    void createsNothingWhereLiveIsGone() {
        fixture.context().store().createIndexes(new MongoNamespace(fixture.database(), "nameView"), List.of(EXPIRES));
        RunDriver run = stuck();
        fixture.collection("nameView").drop();
        close(settlement(run, "RESTORED"));
        assertThat(run.run().ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.exists("nameView")).isFalse();
    }

    @Test
    void isRefusedWhereSomebodyElseIsFasterAndSaysSomethingElse() {
        RunDriver run = stuck();
        fixture.stops().doAt("close:before-ending", () -> close(settlement(run, "CUT_OVER")));
        assertThatThrownBy(() -> close(settlement(run, "RESTORED")))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("ended CUT_OVER");
        assertThat(run.run().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void saysOnceWhatWasSaidTwice() {
        RunDriver run = stuck();
        fixture.stops().dieAt("close:before-ending");
        assertThat(catchThrowable(() -> close(settlement(run, "RESTORED")))).isInstanceOf(Stops.Died.class);
        close(settlement(run, "RESTORED"));
        assertThat(run.run().error().message()).containsOnlyOnce("Settled as RESTORED");
    }

    /** Its redrive has begun, and no function has come so far. */
    @Test
    void aStopLeavesTheTimeToResumeOfARunAloneThatIsRedriven() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.closed(ExecutionStatus.FAILED);
        run.ended(ExecutionStatus.RUNNING);
        Run before = run.run();
        assertThat(close(named(run).put("stop", true)).get("outcome").textValue())
                .isEqualTo("NOTHING");
        assertThat(run.run().resumeUntil()).isEqualTo(before.resumeUntil());
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    private RunDriver stuck() {
        RunDriver run = fixture.execute().upTo("cut-over");
        breakHalfWay(run);
        return run;
    }

    /** Half of the targets are cut over, and the copy of that half is damaged. */
    private void breakHalfWay(RunDriver run) {
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> run.step("cut-over"));
        String copy = fixture.context()
                .snapshots()
                .require(run.run().snapshot())
                .target("nameView")
                .collection();
        fixture.byName(copy).deleteOne(Filters.eq("_id", RunFixture.key(1)));
        assertThat(run.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.NEEDS_OPERATOR);
    }

    private ObjectNode settlement(RunDriver run, String ending) {
        return named(run)
                .put("settleAs", ending)
                .put("requestedBy", "Grace")
                .put("reason", "compared with the sources");
    }

    private ObjectNode named(RunDriver run) {
        return ControlJson.mapper().createObjectNode().put("runId", run.runId()).put("by", fixture.newExecution());
    }

    private JsonNode close(ObjectNode input) {
        return fixture.call("close-run", input);
    }
}
