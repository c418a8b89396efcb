package dev.resync.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoNamespace;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.chunk.ChunkStage;
import dev.resync.cutover.JournalStep;
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
import dev.resync.stage.Deadline;
import dev.resync.status.StatusReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Odd moments of a run that writes to live in place, each of which once went wrong. */
class InPlaceFaultsTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final int PEOPLE = 20;

    /** A call that goes on record between the two commands of CallsInFlight.left. */
    @Test
    void aCallThatGoesOnRecordDuringTheLookDoesNotBreakTheLook() {
        AtomicReference<String> inserting = new AtomicReference<>();
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                BsonDocument command = event.getCommand();
                if (event.getCommandName().equals("find")
                        && command.getString("find").getValue().equals("chunks")
                        && command.getDocument("filter").containsKey("inFlight")) {
                    String run = inserting.getAndSet(null);
                    if (run != null) {
                        MONGO.client()
                                .getDatabase("resync")
                                .getCollection("chunks", BsonDocument.class)
                                .insertOne(BsonDocument.parse(
                                        "{_id: 'late', run: '%s', inFlight: true, seconds: {$numberLong: '300'}, seenAt: null}"
                                                .formatted(run)));
                    }
                }
            }
        };
        RunFixture fixture = new RunFixture(MONGO.client(), MONGO.newClient("", listener), false)
                .filled(PEOPLE)
                .inPlace("personView");
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        run.chunk("apply", 0);
        run.ended(ExecutionStatus.ABORTED);
        inserting.set(run.runId());
        try {
            assertThatCode(() -> fixture.close(run.execution(), fixture.newExecution()))
                    .doesNotThrowAnyException();
        } finally {
            fixture.control("chunks").deleteOne(BsonDocument.parse("{_id: 'late'}"));
        }
    }

    /** A command that was not answered is to be waited for the margin, from when that is known. */
    @Test
    void anUnansweredCommandIsWaitedForEvenWhereTheCallWasSeenLongBefore() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE).inPlace("personView");
        RunDriver driver = fixture.execute().upTo("cut-over");
        Run run = driver.run();
        CallsInFlight calls = new CallsInFlight(fixture.context());
        catchThrowable(() -> calls.during(run.id(), run.epoch(), Deadline.NONE, () -> true, () -> {
            calls.left(run); // a closing looks for the first time
            fixture.clock().pass(Duration.ofMinutes(7)); // the call goes on
            throw new MongoSocketReadException("not answered", new ServerAddress());
        }));
        assertThat(calls.left(run)).isGreaterThan(Duration.ofMinutes(5));
    }

    /** A doubled cut-over call that is late takes a line back from DONE to APPLYING. */
    @Test
    void aLateDoubleOfTheCutOverDoesNotUndoALine() {
        RunFixture fixture = new RunFixture(MONGO.client())
                .filled(PEOPLE)
                .inPlace("personView")
                .inPlace("nameView");
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().waitAt("cut-over:applying:nameView", stalled, goOn);
        try (Background<JsonNode> late = Background.start(() -> run.step("cut-over"))) {
            Stops.await(stalled);
            run.through("cut-over");
            fixture.stops().dieAt("cut-over:applying:personView");
            goOn.countDown();
            assertThat(catchThrowable(late::raised)).hasRootCauseInstanceOf(Died.class);
            assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
            assertThat(fixture.context().journal().of(run.runId(), 1))
                    .extracting(entry -> entry.step())
                    .containsOnly(JournalStep.DONE);
        } finally {
            goOn.countDown();
        }
    }

    /** Live that was dropped and made again comes back with its documents, but without its indexes. */
    @Test
    void aLiveThatWasDroppedAndMadeAgainGetsItsIndexesBack() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE).inPlace("personView");
        fixture.collection("personView").createIndex(Indexes.ascending("name"));
        MongoNamespace live = new MongoNamespace(fixture.database(), "personView");
        List<BsonDocument> indexes = fixture.context().store().indexes(live);
        assertThat(indexes).hasSize(2);
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        run.chunk("apply", 0);
        fixture.collection("personView").drop();
        fixture.insert("personView", "{_id: 'x'}");
        Run closed = run.closed(ExecutionStatus.FAILED);
        assertThat(closed.ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
        assertThat(fixture.context().store().indexes(live)).isEqualTo(indexes);
    }

    /** A chunk may hold all documents of the smaller of two collections, whatever the plan's chunk size. */
    @Test
    void noChunkHoldsManyTimesItsSize() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE).inPlace("personView");
        for (int i = 0; i < 40; i++) {
            fixture.insert("personView", "{_id: 'a%04d', name: 'Gone', age: 1, note: 'old'}".formatted(i));
        }
        // live: 40 documents under a, and 5 of the new view's keys; the new view: 20 under p
        for (int i = 0; i < 15; i++) {
            fixture.collection("personView").deleteOne(BsonDocument.parse("{_id: '%s'}".formatted(RunFixture.key(i))));
        }
        RunDriver run = fixture.execute().upTo("cut-over");
        int chunks = run.step("cut-over").get("chunks").intValue();
        for (int i = 0; i < chunks; i++) {
            run.chunk("apply", i);
        }
        List<Long> documents = fixture.context().chunks().all(run.runId(), 1, ChunkStage.APPLY).stream()
                .map(chunk -> chunk.result().documents())
                .toList();
        assertThat(documents).as("chunk.documents is 8").allMatch(count -> count <= 16);
    }

    /** While a run goes back in place, its status names the stage that does so. */
    @Test
    void theStatusOfARunThatGoesBackShowsWhatIsWritten() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE).inPlace("personView");
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        run.chunk("apply", 0);
        run.ended(ExecutionStatus.FAILED);
        String by = fixture.newExecution();
        JsonNode answer = fixture.close(run.execution(), by);
        RunDriver back = run.rollback(answer, by).upTo("cut-over");
        back.step("cut-over");
        back.chunk("apply", 0);
        assertThat(new StatusReader(fixture.context(), arn -> ExecutionStatus.RUNNING)
                        .of(run.run())
                        .stages())
                .extracting(stage -> stage.stage())
                .contains("apply-chunk");
    }

    /** A restore in place brings back documents, and not the indexes that the snapshot kept. */
    @Test
    void aRestoreInPlaceBringsBackIndexes() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE).inPlace("personView");
        fixture.collection("personView").createIndex(Indexes.ascending("name"));
        MongoNamespace live = new MongoNamespace(fixture.database(), "personView");
        Run run = fixture.execute().toEnd();
        fixture.collection("personView").dropIndex("name_1");
        assertThat(fixture.restore(run.snapshot()).toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.context().store().indexes(live)).hasSize(2);
    }

    /** What others wrote twice while the way back was written. */
    @Test
    void eachVersionOfOthersIsKept() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE).inPlace("personView");
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        run.chunk("apply", 0);
        String key = RunFixture.key(0);
        theirs(fixture, key, "Theirs 1");
        run.ended(ExecutionStatus.FAILED);
        String by = fixture.newExecution();
        RunDriver back = run.rollback(fixture.close(run.execution(), by), by).upTo("cut-over");
        fixture.stops().doAt("apply:after-write:0", () -> theirs(fixture, key, "Theirs 2"));
        Run closed = back.toEnd();
        assertThat(closed.ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.byName(closed.receipt().at("/drift/0/collection").textValue())
                        .find())
                .extracting(
                        kept -> kept.getDocument("document").getString("name").getValue())
                .containsExactlyInAnyOrder("Theirs 1", "Theirs 2");
    }

    private static void theirs(RunFixture fixture, String key, String name) {
        fixture.collection("personView").updateOne(Filters.eq("_id", key), Updates.set("name", name));
    }

    /** A write that was sent, not answered, and carried out five minutes after the run ended. */
    @Test
    void aCommandThatIsHeldBackForLessThanTheMarginChangesNothingAfterTheEnd() {
        AtomicReference<BsonDocument> held = new AtomicReference<>();
        AtomicBoolean listening = new AtomicBoolean();
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (listening.get()
                        && event.getCommandName().equals("update")
                        && event.getCommand().getString("update").getValue().equals("personView")) {
                    BsonDocument command = event.getCommand().clone();
                    command.keySet()
                            .removeIf(key -> key.startsWith("$") || key.equals("lsid") || key.equals("txnNumber"));
                    held.set(BsonDocument.parse(command.toJson()));
                }
            }
        };
        RunFixture fixture = new RunFixture(MONGO.client(), MONGO.newClient("", listener), false)
                .filled(PEOPLE)
                .inPlace("personView");
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        run.step("cut-over");
        String by = fixture.newExecution();
        listening.set(true);
        fixture.stops().doAt("apply:after-write:0", () -> {
            listening.set(false);
            // The run is stopped and its closing looks, while the command is on its way; then the socket times out.
            run.ended(ExecutionStatus.ABORTED);
            assertThat(fixture.close(run.execution(), by).path("outcome").textValue())
                    .isEqualTo("WAIT");
            fixture.clock().pass(Duration.ofMinutes(7));
            throw new MongoSocketReadException("not answered", new ServerAddress());
        });
        assertThat(catchThrowable(() -> run.chunk("apply", 0))).isNotNull();
        JsonNode answer = fixture.close(run.execution(), by);
        if (answer.path("outcome").textValue().equals("RESTORE")) {
            assertThat(run.rollback(answer, by).toEnd().ending()).isEqualTo(Ending.RESTORED);
            assertThat(fixture.live()).isEqualTo(before);
            fixture.client().getDatabase(fixture.database()).runCommand(held.get());
            assertThat(fixture.live()).as("after RESTORED").isEqualTo(before);
        }
    }

    /** The account of the stage is there whatever call completes the cut-over. */
    @Test
    void theReceiptNamesTheStageWhereACallDiedAtTheRenames() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE).inPlace("personView");
        RunDriver run = fixture.execute().upTo("cut-over");
        int chunks = run.step("cut-over").get("chunks").intValue();
        for (int i = 0; i < chunks; i++) {
            run.chunk("apply", i);
        }
        fixture.stops().dieAt("cut-over:before-rename:nameView");
        assertThat(catchThrowable(() -> run.step("cut-over"))).isInstanceOf(Died.class);
        assertThat(run.toEnd().stages()).containsKey("apply-chunk");
    }

    /** A plan that has one more field, before others; on the embedded server. */
    @Test
    void aFieldThatIsNewAmongOthersIsWritten() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE).inPlace("personView");
        String age = "{\"path\": \"age\", \"from\": [\"people.age\"], \"type\": \"int\"},";
        fixture.plans().deployWith(age, age.replace("\"age\", \"from", "\"years\", \"from") + age);
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }
}
