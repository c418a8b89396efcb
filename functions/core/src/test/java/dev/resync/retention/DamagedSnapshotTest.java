package dev.resync.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.SnapshotDamaged;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.SnapshotHistory;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.RunCollection;
import dev.resync.snapshot.Removal;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot that is not what was sealed counts for nothing, and is never removed without a person. */
class DamagedSnapshotTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private SnapshotHistory history;
    private List<String> ids;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(10);
        history = new SnapshotHistory(fixture);
        ids = history.keeping(1, 0).take(3);
        history.later(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{$set: {retention: {snapshots: 1000, days: 0}}}",
                "{$unset: {retention: ''}}",
                "{$set: {plan: 'other'}}",
                "{$set: {sealedAt: '2020-01-01T00:00:00Z'}}",
                "{$set: {run: 'another-run'}}",
                "{$set: {'targets.1.collection': null}}",
                "{$set: {'targets.0.collection': 'people.personView'}}",
                "{$set: {targets: []}}",
                "{$unset: {digest: ''}}"
            })
    void isKeptWithAllThatItHoldsAndToldOfEachTime(String update) {
        String newest = ids.get(2);
        Map<String, ContentHash> copies = reconciledWith(newest, update);
        assertThat(history.later(1).removed()).isEmpty();
        assertThat(history.audited("ALARM", newest)).hasSize(2);
        assertThat(history.ids()).containsExactlyInAnyOrder(ids.get(1), newest);
        assertThat(history.copies()).isEqualTo(copies);
        assertThat(history.isWhole(ids.get(1))).as("the newest proven one").isTrue();
    }

    /** Reconciles with a changed manifest: the oldest goes and the changed one is told of; returns the copies to be kept. */
    private Map<String, ContentHash> reconciledWith(String changed, String update) {
        Map<String, ContentHash> copies = history.copies();
        copies.keySet().removeAll(history.copiesOf(ids.get(0)));
        history.tamper(changed, update);
        JsonNode answer = history.reconcile();
        assertThat(answer.get("removedSnapshots").findValuesAsText("id")).containsExactly(ids.get(0));
        assertThat(answer.get("damagedSnapshots")).extracting(JsonNode::asText).containsExactly(changed);
        return copies;
    }

    @Test
    void countsForNothingWhereACollectionIsMissing() {
        fixture.byName(history.copiesOf(ids.get(2)).get(1)).drop();
        assertThat(history.removed()).containsExactly(ids.get(0));
        assertThat(history.audited("ALARM", ids.get(2)))
                .singleElement()
                .asString()
                .contains(ids.get(2))
                .contains("missing");
        assertThat(history.copies()).hasSize(3);
    }

    /** Before, nothing could be cleaned up or closed any more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{$unset: {targets: ''}}",
                "{$set: {sealedAt: 'yesterday'}}",
                "{$set: {retention: {snapshots: 0, days: 0}}}",
                "{$set: {removing: 'yes'}}",
                "{$unset: {sealedAt: ''}}",
                "{$unset: {environment: ''}}",
                "{$unset: {'targets.0.content': ''}}",
                "{$unset: {'targets.0.name': ''}}"
            })
    void doesNotKeepAnythingElseFromGoingOnWhereItsManifestCannotBeRead(String update) {
        String newest = ids.get(2);
        Map<String, ContentHash> copies = reconciledWith(newest, update);
        assertThat(history.copies()).isEqualTo(copies);
        assertThatThrownBy(() -> fixture.restore(newest))
                .isInstanceOf(SnapshotDamaged.class)
                .hasMessageContaining(newest);
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    /** A digest can be made anew by whoever can write a manifest; what is dropped must be a snapshot's all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"personView", "resync.0123456789.1.snapshot.0.sealed0-0123abcd"})
    void dropsNothingThatIsNoCopyWhateverAManifestSays(String collection) {
        fixture.insert(collection, "{_id: 'mine'}");
        String mine = fixture.database() + "." + collection;
        Snapshot forged = fixture.context().snapshots().require(ids.get(0));
        SnapshotTarget target = forged.targets().get(0);
        Snapshot resealed = Snapshot.seal(
                forged.id(),
                forged.run(),
                forged.plan(),
                forged.environment(),
                forged.sealedAt(),
                List.of(new SnapshotTarget(
                        target.name(), target.live(), null, mine, target.content(), "{}", List.of())),
                forged.retention());
        history.replace(resealed);
        ContentHash before = fixture.live(collection);
        assertThat(history.removed()).containsExactly(ids.get(1));
        history.replace(going(resealed));
        history.reconcile();
        assertThat(fixture.live(collection)).isEqualTo(before);
        assertThat(history.audited("ALARM", ids.get(0))).isNotEmpty();
    }

    @Test
    void isNotFinishedOffWhereItIsDamagedWhileItGoes() {
        history.replace(going(fixture.context().snapshots().require(ids.get(0))));
        history.tamper(ids.get(0), "{$set: {'targets.0.content.documents': 3}}");
        Map<String, ContentHash> before = history.copies();
        before.keySet().removeAll(history.copiesOf(ids.get(1)));
        assertThat(history.removed()).containsExactly(ids.get(1));
        assertThat(history.copies()).isEqualTo(before);
        assertThat(history.audited("ALARM", ids.get(0))).hasSize(1);
        assertThat(before.keySet()).anyMatch(name -> name.contains("." + RunCollection.prefixOfAll()));
    }

    private static Snapshot going(Snapshot snapshot) {
        return new Snapshot(
                snapshot.id(),
                snapshot.run(),
                snapshot.plan(),
                snapshot.environment(),
                snapshot.sealedAt(),
                snapshot.targets(),
                snapshot.retention(),
                new Removal("a sweeper", snapshot.sealedAt(), true),
                snapshot.digest());
    }
}
