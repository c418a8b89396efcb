package dev.resync.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import dev.resync.cutover.Replacement.Proof;
import dev.resync.error.SealMismatch;
import dev.resync.fixture.DatabaseState;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.IdentifyingMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops.Died;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.RunState;
import dev.resync.store.MongoStore;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What became of a shadow that is gone: told by the collection's identity where there is one, else by what live holds. */
class ReplacementTest {

    private static final MongoNamespace LIVE = new MongoNamespace("views", "view");
    private static final MongoNamespace SHADOW = new MongoNamespace("views", "shadow");

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final MongoClient plain = MONGO.client();
    private final MongoClient identifying = new IdentifyingMongo(plain).client();

    @Nested
    class Of {

        @Test
        void replacedWhateverWasWrittenToLiveAfterwards() {
            JournalEntry entry = shadowed(identifying);
            new MongoStore(identifying).replace(SHADOW, LIVE);
            write(LIVE, 3);
            assertThat(proof(identifying, entry)).isEqualTo(Proof.REPLACED);
        }

        @Test
        void notReplacedWhereLiveIsAnotherCollectionThatHoldsTheSame() {
            JournalEntry entry = shadowed(identifying);
            new MongoStore(identifying).drop(SHADOW);
            plain.getDatabase("views").getCollection("view").deleteMany(new BsonDocument());
            write(LIVE, 2);
            assertThat(DatabaseState.of(plain, LIVE)).isEqualTo(entry.content());
            assertThat(proof(identifying, entry)).isEqualTo(Proof.NOT_REPLACED);
        }

        @Test
        void replacedWithoutIdentityWhereLiveHoldsWhatTheShadowHeld() {
            JournalEntry entry = shadowed(plain);
            assertThat(entry.identity()).isNull();
            new MongoStore(plain).replace(SHADOW, LIVE);
            assertThat(proof(plain, entry)).isEqualTo(Proof.REPLACED);
        }

        @Test
        void unclearWithoutIdentityWhereLiveHoldsSomethingElse() {
            JournalEntry entry = shadowed(plain);
            new MongoStore(plain).replace(SHADOW, LIVE);
            write(LIVE, 3);
            assertThat(proof(plain, entry)).isEqualTo(Proof.UNCLEAR);
        }

        @Test
        void unclearWhereLiveIsGone() {
            JournalEntry entry = shadowed(identifying);
            new MongoStore(identifying).drop(SHADOW);
            new MongoStore(identifying).drop(LIVE);
            assertThat(proof(identifying, entry)).isEqualTo(Proof.UNCLEAR);
        }

        @Test
        void judgedByContentWhereTheJournalKnowsNoIdentity() {
            JournalEntry entry = shadowed(plain);
            new MongoStore(identifying).replace(SHADOW, LIVE);
            assertThat(proof(identifying, entry)).isEqualTo(Proof.REPLACED);
        }

        private Proof proof(MongoClient client, JournalEntry entry) {
            return new Replacement(new MongoStore(client)).of(entry);
        }

        /** Makes live and a shadow, and returns the line of a cut-over that is about to rename. */
        private JournalEntry shadowed(MongoClient client) {
            write(LIVE, 1);
            write(SHADOW, 2);
            MongoStore store = new MongoStore(client);
            return new JournalEntry(
                    "r/1/view",
                    "r",
                    1,
                    1,
                    "view",
                    LIVE.getFullName(),
                    null,
                    SHADOW.getFullName(),
                    null,
                    store.identity(SHADOW).orElse(null),
                    DatabaseState.of(plain, SHADOW),
                    List.of(),
                    JournalStep.RENAMING,
                    null,
                    null);
        }

        private void write(MongoNamespace where, int id) {
            plain.getDatabase(where.getDatabaseName())
                    .getCollection(where.getCollectionName(), BsonDocument.class)
                    .insertOne(new BsonDocument("_id", new BsonInt32(id)));
        }
    }

    /** The cut-over died after its first rename, and a consumer has written to the new view since. */
    @Nested
    class AfterTheRename {

        @Test
        void goesOnWhereTheIdentityProvesIt() {
            RunDriver run = diedAndWritten(identifying);
            assertThat(run.step("cut-over").get("targets").intValue()).isEqualTo(2);
            run.step("finish");
            assertThat(run.run().ending()).isEqualTo(Ending.CUT_OVER);
        }

        @Test
        void stopsWhereNothingProvesIt() {
            RunDriver run = diedAndWritten(plain);
            assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(SealMismatch.class);
        }

        @Test
        void goesBackWhereTheIdentityProvesIt() {
            RunDriver run = diedAndWritten(identifying);
            assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.RESTORED);
            assertThat(fixture.live()).isEqualTo(before);
        }

        @Test
        void asksAnOperatorWhereNothingProvesIt() {
            RunDriver run = diedAndWritten(plain);
            List<ContentHash> now = fixture.live();
            assertThat(closedState(run)).isEqualTo(RunState.NEEDS_OPERATOR);
            assertThat(fixture.live()).isEqualTo(now);
        }

        private RunDriver diedAndWritten(MongoClient client) {
            RunDriver run = diedAt("cut-over:after-rename:nameView", client);
            fixture.insert("nameView", "{_id: 'of a consumer'}");
            return run;
        }
    }

    /** The cut-over died before its first rename, and someone dropped the shadow. */
    @Nested
    class BeforeTheRename {

        @Test
        void isUntouchedWhereTheIdentityProvesIt() {
            RunDriver run = diedAndDropped(identifying);
            assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(SealMismatch.class);
            assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
            assertThat(fixture.live()).isEqualTo(before);
        }

        @Test
        void asksAnOperatorWhereNothingProvesIt() {
            RunDriver run = diedAndDropped(plain);
            assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(SealMismatch.class);
            assertThat(closedState(run)).isEqualTo(RunState.NEEDS_OPERATOR);
            assertThat(fixture.live()).isEqualTo(before);
        }

        private RunDriver diedAndDropped(MongoClient client) {
            RunDriver run = diedAt("cut-over:before-rename:nameView", client);
            fixture.byName(run.run().sealed().get("shadow-0").namespace()).drop();
            return run;
        }
    }

    private RunFixture fixture;
    private List<ContentHash> before;

    private RunDriver diedAt(String point, MongoClient client) {
        fixture = new RunFixture(plain, client, false).filled(5);
        before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt(point);
        assertThat(catchThrowable(() -> run.step("cut-over"))).isInstanceOf(Died.class);
        return run;
    }

    /** An answer that asks for an operator is no restore, so the run is only closed. */
    private RunState closedState(RunDriver run) {
        run.ended(ExecutionStatus.ABORTED);
        fixture.close(run.execution(), fixture.newExecution());
        return run.run().state();
    }
}
