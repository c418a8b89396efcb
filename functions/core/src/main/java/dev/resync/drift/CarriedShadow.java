package dev.resync.drift;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.DocumentKey;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.error.SealMismatch;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.mapping.PreservedValues;
import dev.resync.plan.TargetPlan;
import dev.resync.run.Sealed;
import dev.resync.store.BulkWriter;
import dev.resync.store.CollectionShape;
import dev.resync.store.MongoStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * The verdict's shadow made anew, with what others own of documents that drifted. The old one is never written to, so that a call
 * that dies or comes late leaves nothing half done. Not safe for use by several threads at once.
 */
final class CarriedShadow implements AutoCloseable {

    private static final KeyPath ID = new KeyPath("_id");

    private final MongoStore store;
    private final Sealed before;
    private final MongoNamespace patched;
    private final PreservedValues preserved;
    private final HashSum read = new HashSum();
    private final HashSum written = new HashSum();
    private final BulkWriter writer;
    private long carried;

    CarriedShadow(MongoStore store, Sealed before, MongoNamespace patched, TargetPlan target) {
        this.store = store;
        this.before = before;
        this.patched = patched;
        this.preserved = new PreservedValues(target);
        this.writer = BulkWriter.ofCopies(store, patched);
    }

    void create() {
        CollectionShape shape = store.shape(before.where())
                .orElseThrow(() -> new SealMismatch("The sealed shadow " + before.namespace()
                        + " is gone. Find out who removed it, then start a new run."));
        store.create(patched, shape.options());
        store.createIndexes(patched, shape.lastingIndexes());
    }

    /** Writes one range of the shadow. */
    void write(KeyRange range, List<RawBsonDocument> drifted) {
        Map<BsonValue, RawBsonDocument> byKey = new HashMap<>();
        drifted.forEach(document -> byKey.put(DocumentKey.of(document.get("_id")), document));
        for (RawBsonDocument document : store.find(before.where(), range.filter("_id"))) {
            if (range.contains(ID.read(document))) {
                read.add(document);
                RawBsonDocument live = byKey.get(DocumentKey.of(document.get("_id")));
                RawBsonDocument now = live == null ? document : preserved.into(document, live);
                carried += now.equals(document) ? 0 : 1;
                written.add(now);
                writer.write(now);
            }
        }
    }

    /** Returns how many documents took something over. */
    long carried() {
        return carried;
    }

    /**
     * Reads the new shadow back.
     *
     * @throws SealMismatch where the old one was not what was sealed, or the new one is not what was written
     */
    Sealed prove() {
        ContentHash content = HashSum.of(store.scan(patched));
        if (!read.toContentHash().equals(before.content()) || !content.equals(written.toContentHash())) {
            throw new SealMismatch("The sealed shadow " + before.namespace() + " holds "
                    + read.toContentHash().documents() + " documents, sealed were "
                    + before.content().documents() + "; what was made of it holds " + content.documents()
                    + ", or others than were written. Start a new run.");
        }
        return new Sealed(patched.getFullName(), content);
    }

    @Override
    public void close() {
        writer.close();
    }
}
