package dev.resync.drift;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.DocumentKey;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.mapping.PreservedValues;
import dev.resync.plan.TargetPlan;
import dev.resync.run.Sealed;
import dev.resync.seal.RemadeCollection;
import dev.resync.store.BulkWriter;
import dev.resync.store.MongoStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * The verdict's shadow made anew, with what others own of documents that drifted. Not safe for use by several threads at once.
 */
final class CarriedShadow implements AutoCloseable {

    private static final KeyPath ID = new KeyPath("_id");

    private final MongoStore store;
    private final Sealed before;
    private final PreservedValues preserved;
    private final RemadeCollection patched;
    private long carried;

    CarriedShadow(MongoStore store, Sealed before, MongoNamespace patched, TargetPlan target) {
        this.store = store;
        this.before = before;
        this.preserved = new PreservedValues(target);
        this.patched = new RemadeCollection(store, before, patched, BulkWriter.ofCopies(store, patched));
    }

    void create() {
        patched.create();
    }

    /** Writes one range of the shadow. */
    void write(KeyRange range, List<RawBsonDocument> drifted) {
        Map<BsonValue, RawBsonDocument> byKey = new HashMap<>();
        drifted.forEach(document -> byKey.put(DocumentKey.of(document.get("_id")), document));
        for (RawBsonDocument document : store.find(before.where(), range.filter("_id"))) {
            if (range.contains(ID.read(document))) {
                patched.read(document);
                RawBsonDocument live = byKey.get(DocumentKey.of(document.get("_id")));
                RawBsonDocument now = live == null ? document : preserved.into(document, live);
                carried += now.equals(document) ? 0 : 1;
                patched.write(now);
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
     * @throws dev.resync.error.SealMismatch where the old one was not what was sealed, or the new one is not what was written
     */
    Sealed prove() {
        return patched.prove();
    }

    @Override
    public void close() {
        patched.close();
    }
}
