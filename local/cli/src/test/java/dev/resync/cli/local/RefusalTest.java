package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.engine.ExecutionStatus;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.store.ControlJson;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must not be published or brought back, and is not. */
class RefusalTest {

    private Rehearsal rehearsal;
    private Map<String, ContentHash> old;

    @BeforeEach
    void seed() {
        rehearsal = new Rehearsal(600);
        old = rehearsal.live();
    }

    @AfterEach
    void tearDown() {
        rehearsal.close();
    }

    @Test
    void fragmentLostFromTheSealedStagingFailsTheRun() {
        loseOneDocument("seal:recorded:SYNC", "staging-0");
        Run run = rehearsal.finished(rehearsal.execute());
        assertThat(run.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(run.error().name()).isEqualTo("dev.resync.error.AccountingMismatch");
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    @Test
    void documentLostFromTheSealedShadowFailsTheRun() {
        loseOneDocument("seal:recorded:MAP", "shadow-1");
        Run run = rehearsal.finished(rehearsal.execute());
        assertThat(run.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(run.error().name()).isEqualTo("dev.resync.error.SealMismatch");
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    @Test
    void liveChangedByOthersMeanwhileIsNotOverwritten() {
        String confirm = rehearsal.confirmation();
        rehearsal.checkpoints.set(point -> {
            if (point.equals("seal:recorded:MAP")) {
                live().updateOne(new Document("_id", "9000500"), Updates.set("admin", "someone else"));
            }
        });
        String execution = rehearsal.platform.startResync(
                null, rehearsal.request("EXECUTE").put("confirm", confirm));
        Run run = rehearsal.finished(execution);
        assertThat(run.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(run.error().name()).isEqualTo("dev.resync.error.GateRefused");
        assertThat(run.error().message()).contains("drift of masterDoctorView");
        assertThat(live().find(new Document("_id", "9000500")).first().getString("admin"))
                .isEqualTo("someone else");
    }

    @Test
    void liveChangedWhileItIsCopiedIsCopiedAgain() {
        String confirm = rehearsal.confirmation();
        AtomicBoolean changed = new AtomicBoolean();
        rehearsal.checkpoints.set(point -> {
            if (point.equals("seal:before-rename:snapshot-0") && changed.compareAndSet(false, true)) {
                live().updateOne(new Document("_id", "9000500"), Updates.set("admin", "someone else"));
            }
        });
        String execution = rehearsal.platform.startResync(
                null, rehearsal.request("EXECUTE").put("confirm", confirm));
        Run run = rehearsal.finished(execution);
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        Run restored =
                rehearsal.finished(rehearsal.platform.startRestore(null, rehearsal.restoreRequest(run.snapshot())));
        assertThat(restored.ending()).isEqualTo(Ending.RESTORED);
        assertThat(live().find(new Document("_id", "9000500")).first().getString("admin"))
                .isEqualTo("someone else");
    }

    @Test
    void tamperedSnapshotIsRefusedBeforeLiveIsTouched() {
        Run run = rehearsal.finished(rehearsal.execute());
        Map<String, ContentHash> published = rehearsal.live();
        MongoCollection<Document> manifests =
                rehearsal.client.getDatabase("resync").getCollection("snapshots");
        Document manifest = manifests.find(Filters.eq("_id", run.snapshot())).first();
        String copyName = manifest.getList("targets", Document.class).get(0).getString("collection");
        MongoCollection<BsonDocument> copy = rehearsal
                .client
                .getDatabase("resync")
                .getCollection(copyName.substring(copyName.indexOf('.') + 1), BsonDocument.class);
        BsonDocument one = copy.find().first();
        BsonDocument id = new BsonDocument("_id", one.get("_id"));

        copy.updateOne(id, Updates.set("admin", "tampered"));
        assertRefused(run, published);
        copy.replaceOne(id, one);

        copy.deleteOne(id);
        assertRefused(run, published);
        copy.insertOne(one);

        for (String field : new String[] {"targets.0.indexes", "targets.0.content.documents", "targets.0.options"}) {
            Document tampered = new Document(manifest);
            manifests.updateOne(Filters.eq("_id", run.snapshot()), Updates.set(field, changed(field)));
            assertRefused(run, published);
            manifests.replaceOne(Filters.eq("_id", run.snapshot()), tampered);
        }

        Run restored =
                rehearsal.finished(rehearsal.platform.startRestore(null, rehearsal.restoreRequest(run.snapshot())));
        assertThat(restored.ending()).isEqualTo(Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    @Test
    void halfCutOverWithADamagedSnapshotWaitsForAnOperatorAndKeepsItsLocks() {
        AtomicBoolean done = new AtomicBoolean();
        rehearsal.checkpoints.set(point -> {
            if (point.equals("cut-over:after-rename:masterDoctorView") && done.compareAndSet(false, true)) {
                rehearsal.client.getDatabase("resync").listCollectionNames().forEach(name -> {
                    if (name.contains(".snapshot.")) {
                        rehearsal
                                .client
                                .getDatabase("resync")
                                .getCollection(name)
                                .deleteOne(new Document());
                    }
                });
                throw new IllegalStateException("broken for good");
            }
        });
        String execution = rehearsal.execute();
        Run run = rehearsal.finished(execution);
        assertThat(run.state()).isEqualTo(RunState.NEEDS_OPERATOR);
        assertThat(run.ending()).isNull();
        assertThat(rehearsal.platform.context().locks().heldBy(run.id())).hasSize(2);
        assertThat(rehearsal.platform.context().audit().all())
                .anyMatch(entry -> entry.event().equals("ALARM") && run.id().equals(entry.run()));

        ObjectNode settlement = ControlJson.mapper()
                .createObjectNode()
                .put("runId", run.id())
                .put("settleAs", "CUT_OVER")
                .put("requestedBy", "Grace")
                .put("reason", "renamed by hand");
        rehearsal.settled(rehearsal.platform.startRestore(null, settlement));
        assertThat(rehearsal.platform.context().runs().require(run.id()).ending())
                .isEqualTo(Ending.CUT_OVER);
        assertThat(rehearsal.platform.context().locks().heldBy(run.id())).isEmpty();
    }

    private void assertRefused(Run run, Map<String, ContentHash> published) {
        String restore = rehearsal.platform.startRestore(null, rehearsal.restoreRequest(run.snapshot()));
        assertThat(rehearsal.settled(restore).status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(rehearsal.settled(restore).error()).isEqualTo("dev.resync.error.SnapshotDamaged");
        assertThat(rehearsal.live()).isEqualTo(published);
        rehearsal.platform.stages().call("reconcile", ControlJson.mapper().createObjectNode());
        assertThat(rehearsal.finished(restore).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(rehearsal.live()).isEqualTo(published);
    }

    private static Object changed(String field) {
        return field.endsWith("documents") ? 1L : field.endsWith("indexes") ? List.of() : "{\"v\": {}}!";
    }

    private void loseOneDocument(String when, String key) {
        AtomicBoolean lost = new AtomicBoolean();
        String confirmed = rehearsal.confirmation();
        assertThat(confirmed).isNotNull();
        rehearsal.checkpoints.set(point -> {
            if (point.equals(when) && lost.compareAndSet(false, true)) {
                Run run = rehearsal
                        .platform
                        .context()
                        .runs()
                        .inStates(EnumSet.of(RunState.OPEN))
                        .get(0);
                rehearsal
                        .platform
                        .context()
                        .store()
                        .raw(run.sealed().get(key).where())
                        .deleteOne(new Document());
            }
        });
    }

    private MongoCollection<Document> live() {
        return rehearsal.client.getDatabase("revalidation").getCollection("masterDoctorView");
    }
}
