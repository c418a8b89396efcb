package dev.resync.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * The source documents of one key found in one chunk: {@code {_id: {key, chunk, ordinal}, key, chunk, documents: {source:
 * […]}}}. A key whose documents exceed {@value #MAX_BYTES} bytes has several fragments, told apart by ordinal.
 */
public final class Fragment {

    /** Most bytes of source documents in one fragment, unless a single one is larger. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private Fragment() {}

    /** Returns the index of the sync chunk that wrote a fragment; -1 where the document is none. */
    public static int chunkOf(BsonDocument fragment) {
        BsonValue chunk = fragment.get("chunk");
        return chunk != null && chunk.isInt32() ? chunk.asInt32().getValue() : -1;
    }

    /** Returns the transformed key of a fragment. */
    public static BsonValue keyOf(BsonDocument fragment) {
        return fragment.get("key");
    }

    /** Adds the source documents of a fragment to those of its bundle. */
    public static void addTo(Map<String, List<BsonDocument>> bundle, BsonDocument fragment) {
        for (Map.Entry<String, BsonValue> source :
                fragment.getDocument("documents").entrySet()) {
            List<BsonDocument> documents = bundle.computeIfAbsent(source.getKey(), name -> new ArrayList<>());
            source.getValue().asArray().forEach(document -> documents.add(document.asDocument()));
        }
    }

    /**
     * Returns the fragments of one key, byte for byte the same whatever order the documents were read in.
     *
     * @param documents raw documents by source name
     */
    static List<RawBsonDocument> of(BsonValue key, int chunk, Map<String, List<RawBsonDocument>> documents) {
        List<RawBsonDocument> fragments = new ArrayList<>(1);
        BsonDocument bySource = new BsonDocument();
        int bytes = 0;
        for (Map.Entry<String, List<RawBsonDocument>> source : documents.entrySet()) {
            List<RawBsonDocument> ordered = source.getValue();
            ordered.sort(Comparator.comparing(
                    RawBsonDocument::getByteBuffer, (a, b) -> a.asNIO().compareTo(b.asNIO())));
            for (RawBsonDocument document : ordered) {
                int size = document.getByteBuffer().remaining();
                if (bytes > 0 && bytes + size > MAX_BYTES) {
                    fragments.add(fragment(key, chunk, fragments.size(), bySource));
                    bySource = new BsonDocument();
                    bytes = 0;
                }
                BsonValue array = bySource.get(source.getKey());
                if (array == null) {
                    array = new BsonArray();
                    bySource.append(source.getKey(), array);
                }
                array.asArray().add(document);
                bytes += size;
            }
        }
        fragments.add(fragment(key, chunk, fragments.size(), bySource));
        return fragments;
    }

    private static RawBsonDocument fragment(BsonValue key, int chunk, int ordinal, BsonDocument bySource) {
        BsonDocument id = new BsonDocument("key", key)
                .append("chunk", new BsonInt32(chunk))
                .append("ordinal", new BsonInt32(ordinal));
        BsonDocument fragment = new BsonDocument("_id", id)
                .append("key", key)
                .append("chunk", new BsonInt32(chunk))
                .append("documents", bySource);
        return new RawBsonDocument(fragment, CODEC);
    }
}
