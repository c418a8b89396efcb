package dev.resync.close;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoNamespace;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops.Died;
import dev.resync.hash.ContentHash;
import dev.resync.run.AuditTrail;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import java.util.List;
import java.util.function.BiConsumer;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Someone removed the record of a run's own snapshot, or made it unreadable: a run that does not need it ends all the same. */
class LostSnapshotTest {

    private static final BsonDocument EXPIRES =
            BsonDocument.parse("{key: {seen: 1}, name: 'seen_1', expireAfterSeconds: {$numberLong: '777600'}}");

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private List<ContentHash> before;

    enum Loss {
        REMOVED((fixture, id) -> fixture.control("snapshots").deleteOne(id)),
        UNREADABLE((fixture, id) ->
                fixture.control("snapshots").updateOne(id, BsonDocument.parse("{$set: {sealedAt: 'yesterday'}}"))),
        WITHOUT_TARGETS((fixture, id) -> changed(fixture, id, "{$unset: {targets: ''}}")),
        WITHOUT_CONTENT((fixture, id) -> changed(fixture, id, "{$unset: {'targets.0.content': ''}}")),
        WITHOUT_NAME((fixture, id) -> changed(fixture, id, "{$unset: {'targets.0.name': ''}}")),
        EMPTIED((fixture, id) -> changed(fixture, id, "{$set: {targets: []}}")),
        OF_ANOTHER_PLACE((fixture, id) -> changed(fixture, id, "{$set: {'targets.0.collection': 'nodot'}}")),
        OF_ANOTHER_RUN((fixture, id) -> changed(fixture, id, "{$set: {run: 'another'}}"));

        private final BiConsumer<RunFixture, BsonDocument> doIt;

        Loss(BiConsumer<RunFixture, BsonDocument> doIt) {
            this.doIt = doIt;
        }

        private static void changed(RunFixture fixture, BsonDocument id, String update) {
            fixture.control("snapshots").updateOne(id, BsonDocument.parse(update));
        }

        void of(String snapshot, RunFixture fixture) {
            doIt.accept(fixture, new BsonDocument("_id", new BsonString(snapshot)));
        }
    }

    @BeforeEach
    void liveExpires() {
        fixture = new RunFixture(MONGO.client()).filled(5);
        fixture.context().store().createIndexes(live(), List.of(EXPIRES));
        before = fixture.live();
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedRunThatChangedNothingEndsUntouched(Loss loss) {
        RunDriver run = fixture.execute().upTo("cut-over");
        loss.of(run.run().snapshot(), fixture);
        ended(run.closed(ExecutionStatus.ABORTED), Ending.UNTOUCHED, run.run().snapshot());
        assertThat(fixture.live()).isEqualTo(before);
        assertThat(expiring()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCompleteCutOverStays(Loss loss) {
        RunDriver run = fixture.execute().through("cut-over");
        loss.of(run.run().snapshot(), fixture);
        ended(run.closed(ExecutionStatus.TIMED_OUT), Ending.CUT_OVER, run.run().snapshot());
        assertThat(expiring()).as("TTL indexes come back").hasSize(1);
        assertThat(run.run().receipt().get("next").textValue())
                .as("no way back is offered that there is not")
                .doesNotContain("restore");
    }

    @ParameterizedTest
    @EnumSource
    void aCompleteRestoreStays(Loss loss) {
        Run published = fixture.execute().toEnd();
        RunDriver restore = fixture.restore(published.snapshot()).through("cut-over");
        loss.of(published.snapshot(), fixture);
        ended(
                restore.closed(ExecutionStatus.FAILED),
                Ending.RESTORED,
                restore.run().snapshot());
        assertThat(fixture.live()).isEqualTo(before);
        assertThat(expiring()).hasSize(1);
    }

    /** The last step of going back: the way there is done, its copy is not needed any more. */
    @ParameterizedTest
    @EnumSource
    void aRollBackThatIsThroughEnds(Loss loss) {
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        assertThat(catchThrowable(() -> run.step("cut-over"))).isInstanceOf(Died.class);
        String snapshot = run.run().snapshot();
        run.ended(ExecutionStatus.FAILED);
        String by = fixture.newExecution();
        RunDriver back = run.rollback(fixture.close(run.execution(), by), by).through("cut-over");
        loss.of(snapshot, fixture);
        back.step("finish");
        ended(run.run(), Ending.RESTORED, snapshot);
        assertThat(fixture.live()).isEqualTo(before);
    }

    private void ended(Run run, Ending ending, String snapshot) {
        assertThat(run.ending()).isEqualTo(ending);
        assertThat(fixture.context().locks().heldBy(run.id())).isEmpty();
        assertThat(run.receipt().at("/snapshot/id").textValue()).isEqualTo(snapshot);
        boolean lost = fixture.context().snapshots().manifests().readable().stream()
                .noneMatch(readable -> readable.id().equals(snapshot) && readable.genuine());
        assertThat(run.receipt().at("/snapshot/targets").isEmpty()).isEqualTo(lost);
        if (lost) {
            assertThat(fixture.context().audit().all())
                    .filteredOn(entry -> entry.event().equals("ALARM"))
                    .extracting(AuditTrail.Entry::detail)
                    .anyMatch(detail -> detail.contains(snapshot));
        }
    }

    private List<BsonDocument> expiring() {
        return fixture.context().store().shape(live()).orElseThrow().expiringIndexes();
    }

    private MongoNamespace live() {
        return new MongoNamespace(fixture.database(), "nameView");
    }
}
