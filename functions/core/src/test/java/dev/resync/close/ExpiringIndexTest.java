package dev.resync.close;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoNamespace;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops.Died;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.MongoStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A TTL index of live outlives every ending, and is never on a collection that is to be proven. */
class ExpiringIndexTest {

    private static final BsonDocument EXPIRES =
            BsonDocument.parse("{key: {seen: 1}, name: 'seen_1', expireAfterSeconds: {$numberLong: '777600'}}");

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    /** Names of the collections on which a stage created an index that expires documents. */
    private final List<String> given = new CopyOnWriteArrayList<>();

    private RunFixture fixture;

    @BeforeEach
    void liveExpires() {
        fixture = new RunFixture(MONGO.client(), MONGO.newClient("", new IndexesGiven()), false).filled(5);
        expire("nameView");
        expire("personView");
        given.clear();
    }

    @AfterEach
    void neverOnWhatIsProven() {
        assertThat(given).allMatch(List.of("nameView", "personView")::contains);
    }

    @Test
    void isBackAfterTheCutOver() {
        RunDriver run = fixture.execute().through("cut-over");
        assertThat(given).as("before the end").isEmpty();
        assertThat(expiring("nameView")).isEmpty();
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertLiveExpires();
    }

    @Test
    void isBackAfterARestore() {
        RunDriver run = fixture.execute();
        run.toEnd();
        assertThat(fixture.restore(run.run().snapshot()).toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertLiveExpires();
        assertThat(given).hasSize(4);
    }

    @Test
    void isBackAfterARestoreWhereLiveHasLostItSince() {
        RunDriver run = fixture.execute();
        run.toEnd();
        fixture.collection("nameView").drop();
        fixture.insert("nameView", "{_id: 'made by hand'}");
        fixture.restore(run.run().snapshot()).toEnd();
        assertLiveExpires();
    }

    @Test
    void isBackAfterARollBackOfHalfACutOver() {
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        assertThat(catchThrowable(() -> run.step("cut-over"))).isInstanceOf(Died.class);
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.RESTORED);
        assertLiveExpires();
        assertThat(given).as("the other target was never replaced").containsExactly("nameView");
    }

    @Test
    void staysWhereNothingWasTouched() {
        RunDriver aborted = fixture.execute().upTo("cut-over");
        assertThat(aborted.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
        RunDriver dryRun = fixture.admit(fixture.request("DRY_RUN")).through("verify");
        dryRun.step("finish");
        assertThat(dryRun.run().ending()).isEqualTo(Ending.UNTOUCHED);
        assertLiveExpires();
        assertThat(given).isEmpty();
    }

    private void expire(String view) {
        fixture.context().store().createIndexes(live(view), List.of(EXPIRES));
    }

    private void assertLiveExpires() {
        assertThat(expiring("nameView")).containsExactly(EXPIRES);
        assertThat(expiring("personView")).containsExactly(EXPIRES);
    }

    private List<BsonDocument> expiring(String view) {
        List<BsonDocument> found =
                fixture.context().store().shape(live(view)).orElseThrow().expiringIndexes();
        found.forEach(index -> index.put(
                "expireAfterSeconds",
                new BsonInt64(index.getNumber("expireAfterSeconds").longValue())));
        return found;
    }

    private MongoNamespace live(String view) {
        return new MongoNamespace(fixture.database(), view);
    }

    private final class IndexesGiven implements CommandListener {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            // Control data expires by itself; it is no part of any proof.
            if (event.getCommandName().equals("createIndexes")
                    && !event.getDatabaseName().equals(MongoStore.CONTROL_DATABASE)) {
                BsonArray indexes = event.getCommand().getArray("indexes");
                if (indexes.stream().anyMatch(index -> index.asDocument().containsKey("expireAfterSeconds"))) {
                    given.add(event.getCommand().getString("createIndexes").getValue());
                }
            }
        }
    }
}
