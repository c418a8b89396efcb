package dev.resync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.error.LiveDrifted;
import dev.resync.error.RunClosed;
import dev.resync.error.SealMismatch;
import dev.resync.error.TargetLocked;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that stand still at the worst moment and go on when everything else has moved on. */
class StalledCallTest {
    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    /** A sealed shadow that is gone is no proof that it was renamed to live. */
    @Test
    void vanishedShadowIsNotACutOver() {
        RunFixture f = new RunFixture(MONGO.client()).filled(20);
        List<ContentHash> before = f.live();
        RunDriver run = f.execute().upTo("cut-over");
        f.byName(run.run().sealed().get("shadow-0").namespace()).drop();
        assertThat(catchThrowable(() -> run.step("cut-over"))).isInstanceOf(SealMismatch.class);
        assertThat(f.live()).isEqualTo(before);
        assertThat(run.closed(ExecutionStatus.FAILED).state())
                .as("without an identity of collections nobody can say what happened")
                .isEqualTo(RunState.NEEDS_OPERATOR);
        assertThat(f.live()).isEqualTo(before);
    }

    /** A cut-over of the first epoch stalls before its journal; the run is suspended, resumed from MAP; the stale call goes on. */
    @Test
    void staleCutOverOfAnEarlierEpochChangesNothing() throws Exception {
        RunFixture f = new RunFixture(MONGO.client()).filled(20);
        List<ContentHash> before = f.live();
        RunDriver run = f.execute().upTo("cut-over");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean once = new AtomicBoolean();
        Thread[] mine = new Thread[1];
        // a fresh process: plan cache empty, so that the permit loads the plan
        dev.resync.stage.Stages late = f.stagesOf("1.0");
        f.plans().onLoad(() -> {
            if (Thread.currentThread() == mine[0] && once.compareAndSet(false, true)) {
                reached.countDown();
                Stops.await(goOn);
            }
        });
        AtomicReference<Throwable> raised = new AtomicReference<>();
        Thread t = new Thread(() -> {
            try {
                late.call("cut-over", run.event());
            } catch (Throwable e) {
                raised.set(e);
            }
        });
        mine[0] = t;
        t.start();
        Stops.await(reached);
        assertThat(run.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
        RunDriver resumed =
                f.admit(f.request("EXECUTE").put("resume", run.runId()).put("from", "MAP"));
        resumed.through("plan-chunks");
        goOn.countDown();
        t.join(30000);
        assertThat(raised.get()).isInstanceOf(RunClosed.class);
        assertThat(f.live()).isEqualTo(before);
        resumed.toEnd();
        assertThat(resumed.run().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(f.live()).isNotEqualTo(before);
    }

    /** Live drifts while the run is suspended between PreCutOver and CutOver; redrive begins at CutOver. */
    @Test
    void driftBetweenLastLookAndARedrivenCutOverIsNotLost() {
        RunFixture f = new RunFixture(MONGO.client()).filled(20);
        RunDriver run = f.execute().upTo("cut-over");
        assertThat(run.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
        f.clock().pass(java.time.Duration.ofMinutes(50));
        f.insert("personView", "{_id: 'p9999', name: 'written by a consumer', age: 3}");
        run.ended(ExecutionStatus.RUNNING);
        assertThat(catchThrowable(run::toEnd)).isInstanceOf(LiveDrifted.class);
        assertThat(f.collection("personView").countDocuments(new BsonDocument("_id", new BsonString("p9999"))))
                .isEqualTo(1);
    }

    /** A seal that stalls between raising the generation and reopening takes back what another call has sealed since. */
    @Test
    void stalledSendBackDoesNotUnsealWhatWasSealedSince() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Thread> stall = new AtomicReference<>();
        AtomicBoolean once = new AtomicBoolean();
        MongoClient watched = MONGO.newClient("", new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (Thread.currentThread() == stall.get()
                        && event.getCommandName().equals("findAndModify")
                        && event.getCommand().toJson().contains("open.SNAPSHOT")) {
                    raised.set(true);
                }
                if (Thread.currentThread() == stall.get()
                        && raised.get()
                        && event.getCommandName().equals("renameCollection")
                        && once.compareAndSet(false, true)) {
                    reached.countDown();
                    Stops.await(goOn);
                }
            }

            final AtomicBoolean raised = new AtomicBoolean();
        });
        RunFixture f = new RunFixture(MONGO.client(), watched, false).filled(20);
        List<ContentHash> before = f.live();
        RunDriver run = f.execute().upTo("seal-snapshot");
        run.chunks("snapshot");
        f.byName("resync.resync." + run.run().shortId() + ".1.snapshot.1.open0").deleteOne(new BsonDocument());
        AtomicReference<Throwable> err = new AtomicReference<>();
        Thread a = new Thread(() -> {
            try {
                run.step("seal-snapshot");
            } catch (Throwable e) {
                err.set(e);
            }
        });
        stall.set(a);
        a.start();
        Stops.await(reached);
        run.seal("seal-snapshot"); // the retry: sends back again, redoes, seals
        goOn.countDown();
        a.join(30000);
        assertThat(err.get()).isNull();
        runOn(run);
        assertThat(run.run().ending()).isEqualTo(Ending.CUT_OVER);
        f.restore(run.run().snapshot()).toEnd();
        assertThat(f.live()).isEqualTo(before);
    }

    private static void runOn(RunDriver run) {
        run.seal("seal-staging");
        run.seal("seal-shadow");
        run.step("verify");
        run.step("pre-cut-over");
        run.step("cut-over");
        run.step("finish");
    }

    /** A first admission stands still between its refusal and its release, and a second one comes. */
    @Test
    void doubledAdmissionOfARefusedRunDoesNotOpenIt() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Thread> stall = new AtomicReference<>();
        AtomicBoolean once = new AtomicBoolean();
        MongoClient watched = MONGO.newClient("", new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (Thread.currentThread() == stall.get()
                        && event.getCommandName().equals("update")
                        && event.getCommand().toJson().contains("\"locks\"")
                        && once.compareAndSet(false, true)) {
                    reached.countDown();
                    Stops.await(goOn);
                }
            }
        });
        RunFixture f = new RunFixture(MONGO.client(), watched, false).filled(5);
        RunDriver other = f.execute();
        // other run holds only personView
        f.control("locks")
                .updateOne(
                        new BsonDocument("_id", new BsonString(f.database() + ".nameView")),
                        new BsonDocument("$set", new BsonDocument("holder", org.bson.BsonNull.VALUE)));
        String execution = f.newExecution();
        JsonNode event = f.admission(f.request("DRY_RUN"), execution);
        AtomicReference<Throwable> err = new AtomicReference<>();
        Thread a = new Thread(() -> {
            try {
                f.call("admit", event);
            } catch (Throwable e) {
                err.set(e);
            }
        });
        stall.set(a);
        a.start();
        Stops.await(reached);
        other.closed(ExecutionStatus.ABORTED);
        // The first call has closed the run, so the second may not open it only to lose its locks to the first one's
        // release.
        assertThat(catchThrowable(() -> f.call("admit", event))).isInstanceOf(RunClosed.class);
        goOn.countDown();
        a.join(30000);
        assertThat(err.get()).isInstanceOf(TargetLocked.class);
        Run refused = f.context().runs().findByExecution(execution).orElseThrow();
        assertThat(refused.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(f.context().locks().heldBy(refused.id())).isEmpty();
    }

    /** A late writer's stray has the documents of the real shadow, but not its indexes. */
    @Test
    void aStrayIsNeverSealedInPlaceOfTheRealOne() {
        int wrong = 0;
        for (int i = 0; i < 8; i++) {
            RunFixture f = new RunFixture(MONGO.client()).filled(5);
            f.collection("personView").createIndex(new BsonDocument("age", new BsonInt32(1)));
            for (int k = 0; k < i; k++) f.context().random().nextInt();
            RunDriver first = f.execute();
            first.toEnd();
            f.executions().set(first.execution(), ExecutionStatus.SUCCEEDED);
            RunDriver back = f.restore(first.run().snapshot()).upTo("seal-shadow");
            back.chunks("restore");
            String open = f.database() + ".resync." + back.run().shortId() + ".1.shadow.1.open0";
            List<BsonDocument> docs = f.byName(open).find().into(new java.util.ArrayList<>());
            f.stops().doAt("seal:after-rename:shadow-1", () -> {
                f.byName(open).insertMany(docs); // a doubled attempt of the only chunk, late
                throw new IllegalStateException("died");
            });
            catchThrowable(() -> back.step("seal-shadow"));
            back.step("seal-shadow");
            back.step("verify");
            back.step("pre-cut-over");
            back.step("cut-over");
            back.step("finish");
            assertThat(back.run().ending()).isEqualTo(Ending.RESTORED);
            List<String> names = new java.util.ArrayList<>();
            f.collection("personView").listIndexes().forEach(d -> names.add(d.getString("name")));
            if (!names.contains("age_1")) wrong++;
        }
        assertThat(wrong).as("restores that lost the index of live, of 8").isZero();
    }
}
