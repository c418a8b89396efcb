package dev.resync.snapshot;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.result.UpdateResult;
import dev.resync.error.SnapshotUnknown;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The marks of removals in the {@code snapshots} collection, each changed by compare-and-set. Sweepers and admissions compete
 * for one document, so that of a removal and a restore exactly one takes place:
 *
 * <ol>
 *   <li>A sweeper marks the snapshot with its token, looks once more for runs that need it, and decides only where the mark
 *       is still its own.
 *   <li>A restore records its run, which the sweeper's look finds, and then takes any undecided mark away, with which the
 *       sweeper cannot decide any more.
 * </ol>
 */
public final class RemovalMarks {

    private static final String MARK = "removing";

    private final SnapshotStore store;
    private final MongoCollection<BsonDocument> snapshots;

    public RemovalMarks(MongoStore store) {
        this.store = new SnapshotStore(store);
        this.snapshots = store.control("snapshots");
    }

    /**
     * Marks a snapshot, over the undecided mark of any other sweeper.
     *
     * @param snapshot as it was judged; where its manifest has changed since, nothing is marked
     * @return whether it is marked now
     */
    public boolean mark(Snapshot snapshot, Removal removal) {
        BsonDocument filter = undecided(snapshot.id()).append("digest", new BsonString(snapshot.digest()));
        return changed(filter, "$set", ControlJson.toBsonValue(removal));
    }

    /** Takes a sweeper's mark away unless it has decided; does nothing where it is another one's. */
    public void withdraw(String id, String by) {
        changed(undecided(id).append(MARK + ".by", new BsonString(by)), "$unset", new BsonString(""));
    }

    /** Makes a removal final; returns false where the mark is not this sweeper's any more. */
    public boolean decide(String id, String by) {
        BsonDocument filter = undecided(id).append(MARK + ".by", new BsonString(by));
        BsonDocument decided = new BsonDocument(MARK + ".decided", BsonBoolean.TRUE);
        return snapshots.updateOne(filter, new BsonDocument("$set", decided)).getMatchedCount() > 0;
    }

    /** Removes the manifest after its collections; returns whether this call did it. */
    public boolean forget(String id) {
        BsonDocument filter = byId(id).append(MARK + ".decided", BsonBoolean.TRUE);
        return snapshots.deleteOne(filter).getDeletedCount() > 0;
    }

    /**
     * Keeps a snapshot for a run whose record is written: takes any undecided mark away.
     *
     * @throws SnapshotUnknown where the snapshot is gone or its removal is decided
     */
    public void rescue(String id) {
        if (!changed(undecided(id), "$unset", new BsonString(""))) {
            store.require(id);
        }
    }

    private boolean changed(BsonDocument filter, String operator, BsonValue mark) {
        UpdateResult result = snapshots.updateOne(filter, new BsonDocument(operator, new BsonDocument(MARK, mark)));
        return result.getMatchedCount() > 0;
    }

    private static BsonDocument undecided(String id) {
        return byId(id).append(MARK + ".decided", new BsonDocument("$ne", BsonBoolean.TRUE));
    }

    private static BsonDocument byId(String id) {
        return new BsonDocument("_id", new BsonString(id));
    }
}
