package dev.resync.seal;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.Chunk;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.run.RunCollection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.bson.RawBsonDocument;

/**
 * One collection to be sealed.
 *
 * @param collection the collection
 * @param copyOf the collection that it was copied from and should still equal; null where it is no copy
 * @param chunkOf gives the index of the chunk that wrote a document, or {@link #NOBODY}
 */
public record SealPart(RunCollection collection, MongoNamespace copyOf, ToIntFunction<RawBsonDocument> chunkOf) {

    /** Returns a collection that is no copy. */
    public static SealPart made(RunCollection collection, ToIntFunction<RawBsonDocument> chunkOf) {
        return new SealPart(collection, null, chunkOf);
    }

    /** Index for documents that no chunk can have written. */
    public static final int NOBODY = -1;

    /** Returns the key under which runs and chunks record the collection. */
    String key() {
        return collection.key();
    }

    /** Returns what each chunk said that it wrote to this collection, by index of the chunk. */
    Map<Integer, ContentHash> expected(List<Chunk> chunks) {
        Map<Integer, ContentHash> expected = new TreeMap<>();
        for (Chunk chunk : chunks) {
            ContentHash written = chunk.result().written().get(collection.key());
            if (written != null) {
                expected.put(chunk.index(), written);
            }
        }
        return expected;
    }

    /** Returns what is there, by index of the chunk. */
    Map<Integer, ContentHash> read(Iterable<RawBsonDocument> documents) {
        Map<Integer, HashSum> sums = new TreeMap<>();
        for (RawBsonDocument document : documents) {
            sums.computeIfAbsent(chunkOf.applyAsInt(document), index -> new HashSum())
                    .add(document);
        }
        Map<Integer, ContentHash> found = new TreeMap<>();
        sums.forEach((index, sum) -> found.put(index, sum.toContentHash()));
        return found;
    }

    /** Returns the sum over all chunks. */
    ContentHash total(List<Chunk> chunks) {
        return expected(chunks).values().stream().reduce(ContentHash.EMPTY, ContentHash::plus);
    }
}
