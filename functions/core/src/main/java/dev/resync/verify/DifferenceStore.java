package dev.resync.verify;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReplaceOptions;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * The {@code differences} collection: a report for each run that was verified, kept apart from the run's record, which is read
 * often. The server itself removes a report when its time is over.
 */
public final class DifferenceStore {

    /** How long a report is kept after it was made. */
    public static final Duration KEPT = Duration.ofDays(90);

    private static final String EXPIRES = "expiresAt";

    private final MongoCollection<BsonDocument> differences;

    public DifferenceStore(MongoStore store) {
        this.differences = store.control("differences");
    }

    /** Creates the index that lets reports expire; does nothing where it exists. */
    public void prepare() {
        differences.createIndex(
                new BsonDocument(EXPIRES, new BsonInt32(1)), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
    }

    /** Keeps a report, in the place of an earlier one of the same run and epoch. */
    void keep(DifferenceReport report) {
        BsonDocument id = id(report.runId(), report.epoch());
        BsonDocument document = id.clone();
        document.putAll(ControlJson.toBson(report));
        document.append(EXPIRES, new BsonDateTime(report.at().plus(KEPT).toEpochMilli()));
        differences.replaceOne(id, document, new ReplaceOptions().upsert(true));
    }

    /** Returns the report that belongs to the verdict of a run; empty where there is no verdict, or no report any more. */
    public Optional<DifferenceReport> of(Run run) {
        return run.verdict() == null
                ? Optional.empty()
                : Optional.ofNullable(differences
                                .find(id(run.id(), run.verdict().epoch()))
                                .first())
                        .map(document -> ControlJson.fromBson(document, DifferenceReport.class));
    }

    private static BsonDocument id(String run, long epoch) {
        return new BsonDocument("_id", new BsonString(run + "." + epoch));
    }
}
