package dev.resync.apply;

import com.mongodb.MongoNamespace;
import dev.resync.apply.RangeDifference.Change;
import dev.resync.chunk.DocumentKey;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.hash.HashSum;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** What a range of live may hold where nobody but the run has written to it: documents of collections that were kept. */
final class KnownContent {

    private static final String ID = "_id";
    private static final KeyPath ID_PATH = new KeyPath(ID);

    private final Map<BsonValue, List<byte[]>> digests = new HashMap<>();

    /** Reads a range of each collection; those that do not exist count as empty. */
    static KnownContent of(MongoStore store, List<MongoNamespace> collections, KeyRange range) {
        KnownContent known = new KnownContent();
        HashSum sum = new HashSum();
        for (MongoNamespace collection : collections) {
            for (RawBsonDocument document : store.find(collection, range.filter(ID))) {
                if (range.contains(ID_PATH.read(document))) {
                    known.digests
                            .computeIfAbsent(DocumentKey.of(document.get(ID)), key -> new ArrayList<>(1))
                            .add(sum.add(document));
                }
            }
        }
        return known;
    }

    /** Returns the changes of documents that others wrote, or took away; an absence is known where no collection has the key. */
    List<Change> foreign(List<Change> changes, boolean absenceToo) {
        HashSum sum = new HashSum();
        List<Change> foreign = new ArrayList<>();
        for (Change change : changes) {
            List<byte[]> versions = digests.getOrDefault(change.key(), List.of());
            boolean known = change.live() == null
                    ? !absenceToo || versions.isEmpty()
                    : contains(versions, sum.add(change.live()));
            if (!known) {
                foreign.add(change);
            }
        }
        return foreign;
    }

    private static boolean contains(List<byte[]> versions, byte[] digest) {
        return versions.stream().anyMatch(version -> Arrays.equals(version, digest));
    }
}
