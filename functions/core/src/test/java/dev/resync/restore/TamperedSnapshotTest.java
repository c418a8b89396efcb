package dev.resync.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoCollection;
import dev.resync.error.GateRefused;
import dev.resync.error.SnapshotDamaged;
import dev.resync.fixture.DatabaseState;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.snapshot.SnapshotTarget;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Someone changed a sealed snapshot. */
class TamperedSnapshotTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    enum Damage {
        DOCUMENT_CHANGED((fixture, id) -> copy(fixture, id)
                .updateOne(BsonDocument.parse("{_id: 'p0001'}"), BsonDocument.parse("{$set: {name: 'Mallory'}}"))),
        DOCUMENT_ADDED((fixture, id) -> copy(fixture, id).insertOne(BsonDocument.parse("{_id: 'p9999'}"))),
        DOCUMENT_REMOVED((fixture, id) -> copy(fixture, id).deleteOne(BsonDocument.parse("{_id: 'p0001'}"))),
        COLLECTION_DROPPED((fixture, id) -> copy(fixture, id).drop()),
        COUNT_CHANGED((fixture, id) -> manifest(fixture, id, "targets.1.content.documents", "3")),
        HASH_CHANGED((fixture, id) -> manifest(fixture, id, "targets.1.content.sum", "'" + "0".repeat(64) + "'")),
        INDEX_CHANGED((fixture, id) -> manifest(fixture, id, "targets.1.indexes", "[]")),
        OPTIONS_CHANGED((fixture, id) -> manifest(fixture, id, "targets.1.options", "'{\"v\": {\"capped\": true}}'")),
        TIME_CHANGED((fixture, id) -> manifest(fixture, id, "sealedAt", "'2020-01-01T00:00:00Z'")),
        SAYS_ABSENT((fixture, id) -> manifest(fixture, id, "targets.1.collection", "null"));

        private final BiConsumer<RunFixture, String> doIt;

        Damage(BiConsumer<RunFixture, String> doIt) {
            this.doIt = doIt;
        }

        private static MongoCollection<BsonDocument> copy(RunFixture fixture, String id) {
            SnapshotTarget target = fixture.context().snapshots().require(id).target("nameView");
            return fixture.byName(target.collection());
        }

        private static void manifest(RunFixture fixture, String id, String field, String value) {
            fixture.control("snapshots")
                    .updateOne(
                            BsonDocument.parse("{_id: '" + id + "'}"),
                            BsonDocument.parse("{$set: {'" + field + "': " + value + "}}"));
        }
    }

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(10);
    }

    @ParameterizedTest
    @EnumSource
    void isNotBroughtBack(Damage damage) {
        Run published = fixture.execute().toEnd();
        List<ContentHash> live = fixture.live();
        damage.doIt.accept(fixture, published.snapshot());
        RunDriver restore = fixture.restore(published.snapshot());
        assertThatThrownBy(() -> restore.step("plan-chunks")).isInstanceOf(SnapshotDamaged.class);
        assertThat(fixture.live()).isEqualTo(live);
        assertThat(restore.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedByADryRunBeforeAnythingIsWritten(Damage damage) {
        Run published = fixture.execute().toEnd();
        damage.doIt.accept(fixture, published.snapshot());
        Map<String, ContentHash> before = DatabaseState.of(fixture.client(), name -> !name.startsWith("resync."));
        RunDriver dryRun = fixture.restoreDryRun(published.snapshot());
        assertThatThrownBy(() -> dryRun.step("verify")).isInstanceOf(SnapshotDamaged.class);
        assertThat(DatabaseState.of(fixture.client(), name -> !name.startsWith("resync.")))
                .isEqualTo(before);
        Run ended = dryRun.closed(ExecutionStatus.FAILED);
        assertThat(ended.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(ended.verdict()).isNull();
        assertThat(ended.receipt().get("targets")).isEmpty();
        assertThat(ended.receipt().get("next").textValue()).isEqualTo("restore " + published.snapshot() + " dry-run");
        assertThat(fixture.context().locks().heldBy(ended.id())).isEmpty();
    }

    @Test
    void isNotBroughtBackWhereItIsDamagedDuringTheRestore() {
        Run published = fixture.execute().toEnd();
        List<ContentHash> live = fixture.live();
        RunDriver restore = fixture.restore(published.snapshot()).upTo("seal-shadow");
        Damage.DOCUMENT_CHANGED.doIt.accept(fixture, published.snapshot());
        assertThatThrownBy(() -> restore.through("verify")).isInstanceOf(GateRefused.class);
        assertThat(restore.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(live);
    }

    @ParameterizedTest
    @EnumSource
    void needsAnOperatorWhereHalfIsCutOver(Damage damage) {
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> run.step("cut-over"));
        damage.doIt.accept(fixture, run.run().snapshot());
        List<ContentHash> half = fixture.live();
        run.ended(ExecutionStatus.FAILED);
        JsonNode answer = fixture.close(run.execution(), fixture.newExecution());
        assertThat(answer.get("outcome").textValue()).isEqualTo("NEEDS_OPERATOR");
        assertThat(run.run().state()).isEqualTo(RunState.NEEDS_OPERATOR);
        assertThat(run.run().ending()).isNull();
        assertThat(fixture.context().locks().heldBy(run.runId())).hasSize(2);
        assertThat(fixture.context().audit().all()).anySatisfy(entry -> {
            assertThat(entry.event()).isEqualTo("ALARM");
            assertThat(entry.run()).isEqualTo(run.runId());
        });
        assertThat(fixture.live()).isEqualTo(half);
    }

    /** Live still has what this copy was made of: it need not be brought back. */
    @Test
    void goesBackWhereTheDamageIsToATargetThatWasNotCutOver() {
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> run.step("cut-over"));
        fixture.byName(fixture.context()
                        .snapshots()
                        .require(run.run().snapshot())
                        .target("personView")
                        .collection())
                .drop();
        assertThat(run.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
    }
}
