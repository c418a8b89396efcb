package dev.resync.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.error.CallUnfinished;
import dev.resync.error.LiveDrifted;
import dev.resync.error.RunClosed;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.fixture.Stops.Died;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A live collection that is written to rather than replaced: only what differs, only what is known, and with a way back. */
class InPlaceTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final int PEOPLE = 20;
    private static final Map<String, String> WRITES =
            Map.of("insert", "documents", "update", "updates", "delete", "deletes");

    /** Commands that change live, one for each document, in the order in which they were sent. */
    private final List<String> statements = new CopyOnWriteArrayList<>();

    /** Where collections were renamed from and to. */
    private final List<String> renames = new CopyOnWriteArrayList<>();

    private RunFixture fixture;
    private List<ContentHash> before;

    @BeforeEach
    void changePersonViewInPlace() {
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                note(event.getCommandName(), event.getCommand());
            }
        };
        fixture = new RunFixture(MONGO.client(), MONGO.newClient("", listener), false)
                .filled(PEOPLE)
                .inPlace("personView");
        before = fixture.live();
    }

    private void note(String name, BsonDocument command) {
        if (name.equals("renameCollection")) {
            renames.add(command.getString(name).getValue());
            renames.add(command.getString("to").getValue());
        } else if (WRITES.containsKey(name)
                && command.getString(name).getValue().equals("personView")) {
            command.getArray(WRITES.get(name)).forEach(statement -> statements.add(name));
        }
    }

    @Test
    void writesWhatDiffersAndNothingElse() {
        same(3);
        fixture.collection("people").deleteOne(Filters.eq("_id", RunFixture.key(7)));
        fixture.collection("personView").deleteOne(Filters.eq("_id", RunFixture.key(8)));
        Run run = fixture.execute().toEnd();
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.live("personView")).isEqualTo(run.verdict().shadows().get("personView"));
        assertThat(statementsOf("insert")).as("the one that was missing").isEqualTo(1);
        assertThat(statementsOf("delete")).as("the one that is gone").isEqualTo(1);
        assertThat(statementsOf("update"))
                .as("all others but three that are the same")
                .isEqualTo(PEOPLE - 5);
        assertThat(run.stages()).containsKey("apply-chunk");
    }

    @Test
    void neverRenamesLive() {
        fixture.execute().toEnd();
        assertThat(renames).contains(fixture.database() + ".nameView").noneMatch(name -> name.endsWith(".personView"));
    }

    @Test
    void saysInTheReceiptHowLongOldAndNewStoodSideBySide() {
        fixture.stops().doAt("apply:after-write:0", () -> fixture.clock().pass(Duration.ofSeconds(3)));
        fixture.stops()
                .doAt("cut-over:before-rename:nameView", () -> fixture.clock().pass(Duration.ofSeconds(1)));
        Run run = fixture.execute().toEnd();
        JsonNode cutOver = run.receipt().path("cutOver");
        assertThat(cutOver.path("windowSeconds").asDouble()).isEqualTo(4);
        assertThat(cutOver.path("changes"))
                .extracting(change -> change.path("target").textValue() + " "
                        + change.path("change").textValue())
                .as("what takes its time comes first")
                .containsExactly("personView WRITTEN", "nameView REPLACED");
    }

    @Test
    void aStopHalfwayBringsBackWhatWas() {
        RunDriver run = fixture.execute().upTo("cut-over");
        int chunks = run.step("cut-over").get("chunks").intValue();
        assertThat(chunks).isGreaterThan(2);
        run.chunk("apply", 0);
        assertThat(fixture.live().get(1)).isNotEqualTo(before.get(1));
        Run closed = run.closed(ExecutionStatus.ABORTED);
        assertThat(closed.ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
        assertThat(closed.receipt().at("/cutOver/changes"))
                .extracting(change -> change.path("change").textValue())
                .containsExactly("WRITTEN");
        assertNothingIsLeft();
    }

    @Test
    void aFailureHalfwayGoesBackAndWritesOnlyWhatWasWritten() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        run.chunk("apply", 0);
        long written = statementsOf("update");
        statements.clear();
        assertThat(run.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
        assertThat(statementsOf("update")).isEqualTo(written).isPositive();
    }

    @Test
    void aStopOfAWholeCutOverGoesBackInPlace() {
        RunDriver run = fixture.execute().through("cut-over");
        assertThat(fixture.live()).isNotEqualTo(before);
        statements.clear();
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
        assertThat(statementsOf("update")).isEqualTo(PEOPLE);
    }

    @Test
    void aRestoreWritesOnlyWhatDiffers() {
        Run run = fixture.execute().toEnd();
        same(PEOPLE);
        fixture.collection("personView").updateOne(Filters.eq("_id", RunFixture.key(2)), Updates.set("age", 3));
        String snapshot = fixture.execute().toEnd().snapshot();
        statements.clear();
        Run restore = fixture.restore(snapshot).toEnd();
        assertThat(restore.ending()).isEqualTo(Ending.RESTORED);
        assertThat(restore.documentsOfChunk())
                .as("of the snapshot and of live")
                .isEqualTo(2 * restore.chunkDocuments());
        assertThat(statementsOf("update")).isEqualTo(1);
        assertThat(fixture.restore(run.snapshot()).toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
    }

    @Test
    void diedWithHalfABatchWrittenIsDoneByAnotherTry() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        fixture.stops().dieAt("apply:after-write:0");
        assertThat(catchThrowable(() -> run.chunk("apply", 0))).isInstanceOf(Died.class);
        run.chunk("apply", 0);
        assertThatThrownBy(() -> {
                    for (int i = 1; i < chunks(run); i++) {
                        run.chunk("apply", i);
                    }
                    run.step("cut-over");
                })
                .as("the call that died may still be writing, for all that anybody knows")
                .isInstanceOf(CallUnfinished.class)
                .hasMessageContaining("1261 seconds");
        fixture.clock().pass(Duration.ofMinutes(22));
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    private int chunks(RunDriver run) {
        return (int) fixture.control("chunks")
                .countDocuments(Filters.and(Filters.eq("run", run.runId()), Filters.eq("stage", "APPLY")));
    }

    @Test
    void whatOthersChangeMeanwhileStopsTheRunAndIsKept() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        run.chunk("apply", 0);
        String key = RunFixture.key(PEOPLE - 1);
        fixture.collection("personView").updateOne(Filters.eq("_id", key), Updates.set("name", "Theirs"));
        assertThatThrownBy(() -> {
                    for (int i = 1; i < chunks(run); i++) {
                        run.chunk("apply", i);
                    }
                })
                .isInstanceOf(LiveDrifted.class)
                .hasMessageContaining("1 documents of live");
        Run closed = run.closed(ExecutionStatus.FAILED);
        assertThat(closed.ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
        JsonNode drift = closed.receipt().at("/drift/0");
        assertThat(drift.path("target").textValue()).isEqualTo("personView");
        assertThat(drift.path("changed").intValue()).isEqualTo(1);
        assertThat(fixture.byName(drift.path("collection").textValue()).find())
                .singleElement()
                .satisfies(kept -> assertThat(
                                kept.getDocument("document").getString("name").getValue())
                        .isEqualTo("Theirs"));
    }

    @Test
    void aDocumentThatOthersTakeAwayMeanwhileStopsTheRun() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        fixture.collection("personView").deleteOne(Filters.eq("_id", RunFixture.key(0)));
        assertThatThrownBy(() -> run.chunk("apply", 0)).isInstanceOf(LiveDrifted.class);
        run.closed(ExecutionStatus.FAILED);
        assertThat(fixture.live()).isEqualTo(before);
    }

    /** Between the look at a document and its write there is time for somebody else. */
    @Test
    void aWriteOfOthersJustBeforeOursIsNotOverwritten() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        fixture.stops().doAt("apply:before-write:0", () -> fixture.collection("personView")
                .updateOne(Filters.eq("_id", RunFixture.key(0)), Updates.set("name", "Theirs")));
        assertThatThrownBy(() -> run.chunk("apply", 0)).isInstanceOf(LiveDrifted.class);
        assertThat(fixture.collection("personView")
                        .find(Filters.eq("_id", RunFixture.key(0)))
                        .first()
                        .getString("name")
                        .getValue())
                .isEqualTo("Theirs");
    }

    /** Between the look at a range and the write there is time for a closing. */
    @Test
    void aRunThatIsClosedBeforeTheWriteSendsNothing() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        fixture.stops().doAt("apply:before-write:0", () -> {
            run.ended(ExecutionStatus.ABORTED);
            fixture.close(run.execution(), fixture.newExecution());
        });
        assertThatThrownBy(() -> run.chunk("apply", 0)).isInstanceOf(RunClosed.class);
        assertThat(statements).isEmpty();
        assertThat(fixture.live("personView")).isEqualTo(before.get(1));
    }

    @Test
    void aDroppedLiveIsNotMadeAgainByAnInsert() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        fixture.collection("personView").drop();
        assertThatThrownBy(() -> run.chunk("apply", 0)).isInstanceOf(LiveDrifted.class);
        assertThat(fixture.exists("personView")).isFalse();
        assertThat(run.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
    }

    @Test
    void theWayBackWaitsForACallInFlight() {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        fixture.stops().waitAt("apply:after-write:0", writing, goOn);
        try (Background<JsonNode> late = Background.start(() -> run.chunk("apply", 0))) {
            Stops.await(writing);
            run.ended(ExecutionStatus.ABORTED);
            String by = fixture.newExecution();
            JsonNode answer = fixture.close(run.execution(), by);
            assertThat(answer.path("outcome").textValue()).isEqualTo("WAIT");
            assertThat(answer.path("waitSeconds").intValue()).isBetween(1, 60);
            goOn.countDown();
            assertThat(late.raised()).isInstanceOf(RunClosed.class);
            answer = fixture.close(run.execution(), by);
            assertThat(answer.path("outcome").textValue()).isEqualTo("RESTORE");
            assertThat(run.rollback(answer, by).toEnd().ending()).isEqualTo(Ending.RESTORED);
            assertThat(fixture.live()).isEqualTo(before);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void aCallThatDiedIsWaitedForAsLongAsItCouldLive() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        fixture.stops().dieAt("apply:after-write:0");
        assertThat(catchThrowable(() -> run.chunk("apply", 0))).isInstanceOf(Died.class);
        run.ended(ExecutionStatus.ABORTED);
        String by = fixture.newExecution();
        assertThat(fixture.close(run.execution(), by).path("outcome").textValue())
                .isEqualTo("WAIT");
        fixture.clock().pass(Duration.ofMinutes(20));
        assertThat(fixture.close(run.execution(), by).path("outcome").textValue())
                .isEqualTo("WAIT");
        fixture.clock().pass(Duration.ofMinutes(2));
        JsonNode answer = fixture.close(run.execution(), by);
        assertThat(answer.path("outcome").textValue()).isEqualTo("RESTORE");
        assertThat(run.rollback(answer, by).toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
    }

    /** The new view is moved away before a late call has read it: an empty read must not empty live. */
    @Test
    void aLateCallNeverTakesAViewThatIsGoneForAnEmptyOne() {
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        MongoNamespace shadow = new MongoNamespace(fixture.context().journal().of(run.runId(), 1).stream()
                .filter(entry -> entry.inPlace())
                .findFirst()
                .orElseThrow()
                .shadow());
        fixture.context().store().renameIfThere(shadow, new MongoNamespace(shadow.getDatabaseName(), "elsewhere"));
        assertThatThrownBy(() -> run.chunk("apply", 0)).isInstanceOf(RunClosed.class);
        assertThat(fixture.live("personView")).isEqualTo(before.get(1));
    }

    @Test
    void aCallThatComesAfterTheEndChangesNothing() {
        RunDriver run = fixture.execute().upTo("cut-over");
        int chunks = run.step("cut-over").get("chunks").intValue();
        run.toEnd();
        List<ContentHash> published = fixture.live();
        for (int i = 0; i < chunks; i++) {
            int chunk = i;
            assertThatThrownBy(() -> run.chunk("apply", chunk)).isInstanceOf(RunClosed.class);
        }
        assertThat(fixture.live()).isEqualTo(published);
    }

    @Test
    void aTargetThatIsMissingIsMadeByARename() {
        fixture.without("personView");
        Run run = fixture.execute().toEnd();
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(run.stages()).doesNotContainKey("apply-chunk");
        assertThat(fixture.live("personView").documents()).isEqualTo(PEOPLE);
    }

    /** Makes live and the sources agree on the first so many. */
    private void same(int people) {
        for (int i = 0; i < people; i++) {
            fixture.collection("personView")
                    .replaceOne(
                            Filters.eq("_id", RunFixture.key(i)),
                            BsonDocument.parse("{_id: '%s', name: 'Person %d', age: %d, note: 'note %d'}"
                                    .formatted(RunFixture.key(i), i, 20 + i % 50, i)));
        }
    }

    private long statementsOf(String command) {
        return statements.stream().filter(command::equals).count();
    }

    private void assertNothingIsLeft() {
        assertThat(fixture.context().store().collectionNames(fixture.database(), RunCollection.prefixOfAll()))
                .isEmpty();
    }
}
