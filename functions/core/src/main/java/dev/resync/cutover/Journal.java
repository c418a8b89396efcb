package dev.resync.cutover;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.resync.error.RunClosed;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.store.ServerError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;

/** The {@code journal} collection: written before each rename, so that whoever comes after knows where to look. */
public final class Journal {

    private final MongoCollection<BsonDocument> journal;

    public Journal(MongoStore store) {
        this.journal = store.control("journal");
    }

    /** Creates the index that the journal relies on; does nothing where it exists. */
    public void prepare() {
        journal.createIndex(new BsonDocument("run", new BsonInt32(1)).append("epoch", new BsonInt32(1)));
    }

    /** Writes a line unless it is there already. */
    public void plan(JournalEntry entry) {
        try {
            journal.insertOne(ControlJson.toBson(entry));
        } catch (MongoException e) {
            if (!ServerError.DUPLICATE_KEY.is(e)) {
                throw e;
            }
        }
    }

    /**
     * Records that a rename may begin. A repeated call keeps the time of the first: nobody knows whether that one got through.
     *
     * @throws RunClosed where the run was closed meanwhile: nothing may be renamed then
     */
    public void renaming(JournalEntry entry, Instant now) {
        step(entry, JournalStep.RENAMING, "renamingAt", entry.renamingAt() == null ? now : entry.renamingAt());
    }

    /**
     * Records that documents may be written to live, unless all are. A repeated call keeps the time of the first.
     *
     * @throws RunClosed where the run was closed meanwhile: nothing may be written then
     */
    public void applying(JournalEntry entry, Instant now) {
        BsonDocument planned = mine(entry).append("step", new BsonString(JournalStep.PLANNED.name()));
        if (journal.updateOne(planned, set(JournalStep.APPLYING, "renamingAt", now))
                                .getMatchedCount()
                        == 0
                && journal.find(mine(entry)).first() == null) {
            throw closed(entry);
        }
    }

    /**
     * Records that live was replaced, written in full or dropped.
     *
     * @throws RunClosed where the run was closed meanwhile
     */
    public void done(JournalEntry entry, Instant now) {
        step(entry, JournalStep.DONE, "renamedAt", now);
    }

    private void step(JournalEntry entry, JournalStep step, String field, Instant at) {
        if (journal.updateOne(mine(entry), set(step, field, at)).getMatchedCount() == 0) {
            throw closed(entry);
        }
    }

    private static BsonDocument set(JournalStep step, String field, Instant at) {
        return new BsonDocument(
                "$set",
                new BsonDocument("step", new BsonString(step.name())).append(field, ControlJson.toBsonValue(at)));
    }

    private static BsonDocument mine(JournalEntry entry) {
        return new BsonDocument("_id", new BsonString(entry.id())).append("fence", new BsonInt64(entry.epoch()));
    }

    private static RunClosed closed(JournalEntry entry) {
        return new RunClosed("Run " + entry.run() + " was closed during its cut-over; this call changed nothing more.");
    }

    /** Returns the lines of one cut-over, ordered by live namespace. */
    public List<JournalEntry> of(String run, long epoch) {
        return read(new BsonDocument("run", new BsonString(run)).append("epoch", new BsonInt64(epoch)));
    }

    /** Returns all lines of a run, of all its epochs. */
    public List<JournalEntry> of(String run) {
        return read(new BsonDocument("run", new BsonString(run)));
    }

    /** Keeps calls of earlier epochs from moving any line of a run. */
    public void fence(String run, long epoch) {
        journal.updateMany(
                new BsonDocument("run", new BsonString(run))
                        .append("fence", new BsonDocument("$lt", new BsonInt64(epoch))),
                new BsonDocument("$set", new BsonDocument("fence", new BsonInt64(epoch))));
    }

    /** Records, on behalf of the closing, that the names show what a line left at RENAMING did not say: it was done. */
    public void settle(JournalEntry entry, Instant now) {
        BsonDocument set = new BsonDocument("step", new BsonString(JournalStep.DONE.name()))
                .append("renamedAt", ControlJson.toBsonValue(now));
        journal.updateOne(
                new BsonDocument("_id", new BsonString(entry.id())).append("renamedAt", BsonNull.VALUE),
                new BsonDocument("$set", set));
    }

    private List<JournalEntry> read(BsonDocument filter) {
        List<JournalEntry> entries = new ArrayList<>();
        journal.find(filter).forEach(document -> entries.add(ControlJson.fromBson(document, JournalEntry.class)));
        entries.sort(Comparator.comparing(JournalEntry::live));
        return entries;
    }
}
