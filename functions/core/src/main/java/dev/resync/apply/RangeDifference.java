package dev.resync.apply;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.DocumentKey;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.error.RunClosed;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.pace.Pace;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * Where live differs from the new view in one range of {@code _id}.
 *
 * @param wanted count and hash of the new view's documents in the range
 * @param changes what is to be done about it, by key
 */
record RangeDifference(ContentHash wanted, List<Change> changes) {

    private static final String ID = "_id";
    private static final KeyPath ID_PATH = new KeyPath(ID);

    /** Both collections are read, and once more to prove what was written. */
    private static final double EACH_TIME = 0.25;

    /**
     * One document.
     *
     * @param live what live holds; null where it has no such document
     * @param wanted what it is to hold; null for no such document
     */
    record Change(RawBsonDocument live, RawBsonDocument wanted) {

        /** Returns what makes the document's key one in memory. */
        BsonValue key() {
            return DocumentKey.of((live == null ? wanted : live).get(ID));
        }
    }

    private record Wanted(RawBsonDocument document, byte[] digest) {}

    /**
     * Compares a range.
     *
     * @param shadow the sealed new view
     * @param pace to be asked between documents
     * @throws RunClosed where the new view was moved away, by a closing, while it was read
     */
    static RangeDifference of(MongoStore store, MongoNamespace shadow, MongoNamespace live, KeyRange range, Pace pace) {
        HashSum sum = new HashSum();
        Map<BsonValue, Wanted> wanted = new LinkedHashMap<>();
        for (RawBsonDocument document : pace.over(store.find(shadow, range.filter(ID)), EACH_TIME)) {
            if (range.contains(ID_PATH.read(document))) {
                wanted.put(DocumentKey.of(document.get(ID)), new Wanted(document, sum.add(document)));
            }
        }
        if (!store.exists(shadow)) {
            // What was read of it may be nothing, which must never be taken for a view without documents.
            throw new RunClosed("The new view " + shadow.getFullName()
                    + " is gone: its run was closed. This call changed nothing more.");
        }
        List<Change> changes = new ArrayList<>();
        HashSum found = new HashSum();
        for (RawBsonDocument document : pace.over(store.find(live, range.filter(ID)), EACH_TIME)) {
            if (range.contains(ID_PATH.read(document))) {
                Wanted there = wanted.remove(DocumentKey.of(document.get(ID)));
                if (there == null) {
                    changes.add(new Change(document, null));
                } else if (!Arrays.equals(there.digest(), found.add(document))) {
                    changes.add(new Change(document, there.document()));
                }
            }
        }
        wanted.values().forEach(missing -> changes.add(new Change(null, missing.document())));
        return new RangeDifference(sum.toContentHash(), List.copyOf(changes));
    }
}
