package dev.resync.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.drill.Fault.AfterFailure;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.drill.TestDrill.Meddling;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.cli.wire.WireRule.Refused;
import dev.resync.plan.Apply;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ListAssert;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A drill that cannot see a wrong is worth nothing: each of these does one to a round to which nothing else happens, and the
 * drill must name it.
 */
class BlindnessTest {

    private static final Fault NONE =
            new Fault(FaultKind.STOP, Phase.EXECUTE, null, Integer.MAX_VALUE, 0, AfterFailure.WAIT, null);
    private static final Fate UNAUTHORIZED = new Refused(13, "Unauthorized", false);
    private static final List<String> LIVE = new ScratchData(Apply.SWAP)
            .views().stream().map(MongoNamespace::getFullName).toList();

    @TempDir
    private Path folder;

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        violations((command, database) -> Optional.empty()).isEmpty();
    }

    @Test
    void aStrayDocumentInEverySealedCopyOfASnapshot() {
        violations((command, database) -> {
                    documents(command, "insert resync.snapshots").forEach(manifest -> manifest.getArray("targets")
                            .forEach(target -> addStray(database, target)));
                    return Optional.empty();
                })
                .anyMatch(violation -> violation.contains("is what was sealed"));
    }

    @Test
    void aRestoreThatIsNeverAdmitted() {
        violations((command, database) -> documents(command, "insert resync.runs").stream()
                                .anyMatch(
                                        run -> run.getString("mode").getValue().equals("RESTORE"))
                        ? Optional.of(UNAUTHORIZED)
                        : Optional.empty())
                .anyMatch(violation -> violation.contains("RESTORE") && violation.contains("came to a run"));
    }

    @Test
    void everyRenameToALiveNameRefusedForGood() {
        violations((command, database) -> command.renames() && LIVE.contains(command.destination())
                        ? Optional.of(UNAUTHORIZED)
                        : Optional.empty())
                .anyMatch(violation -> violation.contains("ended one of [CUT_OVER]"));
    }

    @Test
    void anExpiringIndexThatNeverComesToLive() {
        violations((command, database) -> command.name().equals("createIndexes") && LIVE.contains(command.namespace())
                        ? Optional.of(Fate.PRETENDED)
                        : Optional.empty())
                .anyMatch(violation -> violation.contains("indexes and options"));
    }

    @Test
    void anEndingThatTheJournalGivesTheLieTo() {
        violations(afterEachEnding((database, run) -> database.getDatabase("resync")
                        .getCollection("journal", BsonDocument.class)
                        .updateMany(Filters.eq("run", run), Updates.set("step", "PLANNED"))))
                .anyMatch(violation -> violation.contains("EXECUTE") && violation.contains("journal"))
                .anyMatch(violation -> violation.contains("RESTORE") && violation.contains("journal"));
        violations(afterEachEnding((database, run) -> database.getDatabase("resync")
                        .getCollection("journal", BsonDocument.class)
                        .insertOne(BsonDocument.parse("{_id: '" + run + "/9/customerView', run: '" + run
                                + "', epoch: 9, fence: 9, target: 'customerView', live: '" + LIVE.get(0)
                                + "', shadow: 'resync_drill.gone', step: 'DONE'}"))))
                .anyMatch(violation -> violation.contains("DRY_RUN") && violation.contains("journal"));
    }

    @Test
    void aReceiptThatBreaksTheSchema() {
        violations(afterEachEnding((database, run) -> database.getDatabase("resync")
                        .getCollection("runs", BsonDocument.class)
                        .updateOne(
                                Filters.and(Filters.eq("_id", run), Filters.ne("receipt.cutOver", null)),
                                Updates.set("receipt.cutOver.windowSeconds", -0.25))))
                .anyMatch(violation -> violation.contains("receipt") && violation.contains("windowSeconds"));
    }

    @Test
    void aCollectionThatOnlyAManifestOfAnUnknownRunNames() {
        AtomicInteger ended = new AtomicInteger();
        violations(afterEachEnding((database, run) -> {
                    String stray = "resync.00000000aa.1.snapshot.0.sealed0-0000000" + ended.incrementAndGet();
                    database.getDatabase("resync")
                            .getCollection(stray, BsonDocument.class)
                            .insertOne(new BsonDocument("_id", new BsonString("stray")));
                    BsonDocument manifest = database.getDatabase("resync")
                            .getCollection("snapshots", BsonDocument.class)
                            .find()
                            .first()
                            .append("_id", new BsonString("drill-nobody-" + ended))
                            .append("run", new BsonString("drill-nobody"));
                    manifest.getArray("targets")
                            .get(0)
                            .asDocument()
                            .put("collection", new BsonString("resync." + stray));
                    database.getDatabase("resync")
                            .getCollection("snapshots", BsonDocument.class)
                            .insertOne(manifest);
                }))
                .anyMatch(violation -> violation.contains("nothing is left") && violation.contains("00000000aa"));
    }

    /** Does something when a run has just been closed. */
    private static Meddling afterEachEnding(Ended ended) {
        return (command, database) -> {
            documents(command, "insert resync.audit").stream()
                    .filter(entry -> entry.getString("event").getValue().equals("CLOSED"))
                    .forEach(entry ->
                            ended.happened(database, entry.getString("run").getValue()));
            return Optional.empty();
        };
    }

    @FunctionalInterface
    private interface Ended {
        void happened(MongoClient database, String run);
    }

    private ListAssert<String> violations(Meddling meddling) {
        try (TestDrill test = new TestDrill(folder, List.of(FaultKind.STOP), meddling)) {
            return assertThat(test.drill.play(NONE).violations());
        }
    }

    private static List<RawBsonDocument> documents(WireCommand command, String what) {
        return (command.name() + " " + command.namespace()).equals(what) ? command.documents() : List.of();
    }

    private static void addStray(MongoClient database, BsonValue target) {
        MongoNamespace copy =
                new MongoNamespace(target.asDocument().getString("collection").getValue());
        database.getDatabase(copy.getDatabaseName())
                .getCollection(copy.getCollectionName(), BsonDocument.class)
                .insertOne(new BsonDocument("_id", new BsonString("stray")));
    }
}
