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
 * often. A report counts where the run's verdict names it, so that one that is kept late changes nothing. The server itself
 * removes a report when its time is over, and with it what a verify that died has left.
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

    /**
     * Keeps a report beside those of other verdicts.
     *
     * @param nonce known to no other call
     * @return its id
     */
    String keep(DifferenceReport report, String nonce) {
        String id = report.runId() + "." + report.epoch() + "." + nonce;
        BsonDocument document = byId(id);
        document.putAll(ControlJson.toBson(report));
        document.append(EXPIRES, new BsonDateTime(report.at().plus(KEPT).toEpochMilli()));
        // Not an insert, which a driver that repeats it after a lost answer would take for a duplicate.
        differences.replaceOne(byId(id), document, new ReplaceOptions().upsert(true));
        return id;
    }

    /**
     * Removes the reports of verdicts in whose place another one counts.
     *
     * @param counts the verdict of the run
     * @param others verdicts that the run had, or would have had; may be null
     */
    void discard(Verdict counts, Verdict... others) {
        for (Verdict other : others) {
            if (other != null
                    && other.differences() != null
                    && !other.differences().equals(counts.differences())) {
                differences.deleteOne(byId(other.differences()));
            }
        }
    }

    /** Returns why a run has no report, as the end of a sentence about it. */
    public static String missing(Run run) {
        if (run.mode().fromSnapshot()) {
            return "a restore, which has no rules to compare by; its receipt counts documents.";
        }
        return run.verdict() == null
                ? "a run that was not verified; expected one that came as far as Verify. Its receipt says where it ended."
                : "a run whose report is gone: reports are kept for " + KEPT.toDays()
                        + " days. Start a dry run for a new one.";
    }

    /** Returns the report that the verdict of a run names; empty where there is no verdict, or no report any more. */
    public Optional<DifferenceReport> of(Run run) {
        return run.verdict() == null || run.verdict().differences() == null
                ? Optional.empty()
                : Optional.ofNullable(differences
                                .find(byId(run.verdict().differences()))
                                .first())
                        .map(document -> ControlJson.fromBson(document, DifferenceReport.class));
    }

    private static BsonDocument byId(String id) {
        return new BsonDocument("_id", new BsonString(id));
    }
}
