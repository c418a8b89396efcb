package dev.resync.cli.drill;

import com.mongodb.MongoNamespace;
import dev.resync.hash.HashSum;
import dev.resync.store.MongoStore;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * The documents of one view.
 *
 * @param digests SHA-256 of each document's canonical bytes, by key
 */
record ViewDocuments(Map<BsonValue, ByteBuffer> digests) {

    static final ViewDocuments NONE = new ViewDocuments(Map.of());

    ViewDocuments {
        digests = Map.copyOf(digests);
    }

    static ViewDocuments of(MongoStore store, MongoNamespace collection) {
        HashSum sum = new HashSum();
        Map<BsonValue, ByteBuffer> digests = new HashMap<>();
        for (RawBsonDocument document : store.scan(collection)) {
            digests.put(document.get("_id"), ByteBuffer.wrap(sum.add(document)));
        }
        return new ViewDocuments(digests);
    }

    /** Returns the digests of both views. */
    Set<ByteBuffer> with(ViewDocuments other) {
        Set<ByteBuffer> all = new HashSet<>(digests.values());
        all.addAll(other.digests.values());
        return all;
    }

    /** Returns how many keys both views have: so many documents are there at any time. */
    long least(ViewDocuments other) {
        return digests.keySet().stream().filter(other.digests::containsKey).count();
    }

    /** Returns how many keys either view has. */
    long most(ViewDocuments other) {
        return digests.size() + other.digests.size() - least(other);
    }
}
