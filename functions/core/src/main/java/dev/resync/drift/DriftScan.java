package dev.resync.drift;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.DocumentKey;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.value.BsonOrder;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Compares live with the run's snapshot of it, range by range, so that memory depends on the size of a range only. */
final class DriftScan {

    private static final int EXAMPLES = 5;
    private static final KeyPath ID = new KeyPath("_id");

    private final MongoStore store;

    DriftScan(MongoStore store) {
        this.store = store;
    }

    /**
     * What a scan found.
     *
     * @param live what live held
     * @param examples the lowest keys that drifted
     */
    record Found(ContentHash live, long changed, long added, long removed, List<BsonValue> examples) {}

    /** Told of each range. */
    interface Ranges {

        /**
         * Takes a range.
         *
         * @param drifted documents of live that the snapshot has not like this
         */
        void take(KeyRange range, List<RawBsonDocument> drifted);
    }

    /**
     * Scans both collections once.
     *
     * @param copy of live; an absent one counts as empty
     * @param cover of {@code _id}
     */
    Found scan(MongoNamespace live, SnapshotTarget copy, List<KeyRange> cover, Ranges ranges) {
        HashSum sum = new HashSum();
        long changed = 0;
        long added = 0;
        long removed = 0;
        List<BsonValue> examples = new ArrayList<>();
        for (KeyRange range : cover) {
            Map<BsonValue, byte[]> copied = copy.isAbsent() ? new HashMap<>() : digests(copy.where(), range);
            List<RawBsonDocument> drifted = new ArrayList<>();
            for (RawBsonDocument document : store.find(live, range.filter("_id"))) {
                if (range.contains(ID.read(document))) {
                    byte[] digest = sum.add(document);
                    byte[] before = copied.remove(DocumentKey.of(document.get("_id")));
                    if (!Arrays.equals(before, digest)) {
                        drifted.add(document);
                        added += before == null ? 1 : 0;
                        changed += before == null ? 0 : 1;
                    }
                }
            }
            removed += copied.size();
            addExamples(drifted, copied, examples);
            ranges.take(range, drifted);
        }
        return new Found(sum.toContentHash(), changed, added, removed, List.copyOf(examples));
    }

    private Map<BsonValue, byte[]> digests(MongoNamespace copy, KeyRange range) {
        HashSum sum = new HashSum();
        Map<BsonValue, byte[]> digests = new HashMap<>();
        for (RawBsonDocument document : store.find(copy, range.filter("_id"))) {
            if (range.contains(ID.read(document))) {
                digests.put(DocumentKey.of(document.get("_id")), sum.add(document));
            }
        }
        return digests;
    }

    private static void addExamples(
            List<RawBsonDocument> drifted, Map<BsonValue, byte[]> removed, List<BsonValue> examples) {
        List<BsonValue> keys = new ArrayList<>(removed.keySet());
        drifted.forEach(document -> keys.add(DocumentKey.of(document.get("_id"))));
        keys.sort(BsonOrder.INSTANCE);
        keys.stream().limit((long) EXAMPLES - examples.size()).forEach(examples::add);
    }
}
