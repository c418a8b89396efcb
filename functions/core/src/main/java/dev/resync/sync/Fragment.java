package dev.resync.sync;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.io.ByteBufferBsonInput;

/**
 * The source documents of one key found in one chunk: {@code {_id: {key, chunk, ordinal}, key, chunk, documents: {source:
 * […]}}}. A key whose documents exceed {@value #MAX_BYTES} bytes has several fragments, told apart by ordinal. Documents that
 * no fragment has room for, since they are themselves about as large as the server allows, are represented in one more:
 * {@code tooLarge: {source: [{bytes, id, content}, …]}} instead of {@code documents}, where id and content are those of
 * {@link DocumentVersion}.
 */
public final class Fragment {

    /** Most bytes of source documents in one fragment, unless a single one is larger. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    /** MongoDB's limit for a document, 16 MiB. */
    private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

    /** Documents of a key that together have fewer bytes fit into one fragment without a count. */
    private static final int SMALL_BYTES = 1024 * 1024;

    /** Most that an element of an array takes beside its value: type, up to ten digits, end of name. */
    private static final int ELEMENT_BYTES = 12;

    private static final String DOCUMENTS = "documents";
    private static final String TOO_LARGE = "tooLarge";

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    private static final BsonValueCodec VALUES = new BsonValueCodec();
    private static final EncoderContext CONTEXT = EncoderContext.builder().build();

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

    /**
     * Returns a query for the fragments that may have one of these documents.
     *
     * @param ids values of {@code _id} in the source
     */
    public static BsonDocument having(String source, BsonArray ids) {
        BsonDocument room = new BsonDocument(DOCUMENTS + "." + source + "._id", new BsonDocument("$in", ids));
        BsonDocument noRoom = new BsonDocument(TOO_LARGE + "." + source, new BsonDocument("$exists", BsonBoolean.TRUE));
        return new BsonDocument("$or", new BsonArray(List.of(room, noRoom)));
    }

    /** Tells the version of each document that a fragment has of one source. */
    public static void forEachVersion(
            String source, BsonDocument fragment, DocumentVersion.Factory versions, Consumer<DocumentVersion> told) {
        forEach(fragment, DOCUMENTS, (name, document) -> {
            if (name.equals(source)) {
                told.accept(versions.of(document.asDocument()));
            }
        });
        forEachTooLarge(fragment, document -> {
            if (document.source().equals(source)) {
                told.accept(document.version());
            }
        });
    }

    /** Tells source and content of each document that the fragment has room for. */
    static void forEachDocument(BsonDocument fragment, BiConsumer<String, BsonDocument> told) {
        forEach(fragment, DOCUMENTS, (source, document) -> told.accept(source, document.asDocument()));
    }

    /** Tells of each document that the fragment has no room for. */
    static void forEachTooLarge(BsonDocument fragment, Consumer<StagedBundle.TooLarge> told) {
        forEach(fragment, TOO_LARGE, (source, value) -> {
            BsonDocument document = value.asDocument();
            told.accept(new StagedBundle.TooLarge(
                    source,
                    document.getInt32("bytes").getValue(),
                    new DocumentVersion(binary(document, "id"), binary(document, "content"))));
        });
    }

    private static ByteBuffer binary(BsonDocument document, String field) {
        return ByteBuffer.wrap(document.getBinary(field).getData());
    }

    private static void forEach(BsonDocument fragment, String field, BiConsumer<String, BsonValue> told) {
        fragment.getDocument(field, new BsonDocument())
                .forEach((source, values) -> values.asArray().forEach(value -> told.accept(source, value)));
    }

    /**
     * Returns the fragments of one key, byte for byte the same whatever order the documents were read in.
     *
     * @param documents raw documents by source name
     */
    static List<RawBsonDocument> of(BsonValue key, int chunk, Map<String, List<RawBsonDocument>> documents) {
        List<RawBsonDocument> fragments = new ArrayList<>(1);
        int room = room(key, chunk, documents);
        DocumentVersion.Factory versions = new DocumentVersion.Factory();
        BsonDocument bySource = new BsonDocument();
        BsonDocument tooLarge = new BsonDocument();
        int bytes = 0;
        for (Map.Entry<String, List<RawBsonDocument>> source : documents.entrySet()) {
            List<RawBsonDocument> ordered = source.getValue();
            ordered.sort(Comparator.comparing(
                    RawBsonDocument::getByteBuffer, (a, b) -> a.asNIO().compareTo(b.asNIO())));
            for (RawBsonDocument document : ordered) {
                int size = document.getByteBuffer().remaining();
                if (size > room) {
                    append(tooLarge, source.getKey(), tooLarge(versions.of(document), size));
                    continue;
                }
                if (bytes > 0 && bytes + size + ELEMENT_BYTES > Math.min(room, MAX_BYTES)) {
                    fragments.add(fragment(key, chunk, fragments.size(), DOCUMENTS, bySource));
                    bySource = new BsonDocument();
                    bytes = 0;
                }
                append(bySource, source.getKey(), document);
                bytes += size + ELEMENT_BYTES;
            }
        }
        if (!bySource.isEmpty()) {
            fragments.add(fragment(key, chunk, fragments.size(), DOCUMENTS, bySource));
        }
        if (!tooLarge.isEmpty()) {
            fragments.add(fragment(key, chunk, fragments.size(), TOO_LARGE, tooLarge));
        }
        return fragments;
    }

    private static BsonDocument tooLarge(DocumentVersion version, int bytes) {
        return new BsonDocument("bytes", new BsonInt32(bytes))
                .append("id", new BsonBinary(version.id().array()))
                .append("content", new BsonBinary(version.content().array()));
    }

    /** Returns the bytes that a fragment of this key has for a document. */
    private static int room(BsonValue key, int chunk, Map<String, List<RawBsonDocument>> documents) {
        long all = 0;
        for (List<RawBsonDocument> ofSource : documents.values()) {
            for (RawBsonDocument document : ofSource) {
                all += document.getByteBuffer().remaining();
            }
        }
        if (all <= SMALL_BYTES) {
            // The key is part of each of them: there is room for all, whatever is left beside the wrapper.
            return MAX_BYTES;
        }
        BsonDocument sources = new BsonDocument();
        documents.keySet().forEach(source -> append(sources, source, new BsonDocument()));
        int wrapper =
                fragment(key, chunk, 0, DOCUMENTS, sources).getByteBuffer().remaining();
        // A replacement, as another attempt makes it, repeats the id in one command with the fragment, and not every
        // server
        // allows a command more than a document.
        return MAX_DOCUMENT_BYTES - 2 * wrapper;
    }

    private static void append(BsonDocument bySource, String source, BsonValue value) {
        BsonValue array = bySource.get(source);
        if (array == null) {
            array = new BsonArray();
            bySource.append(source, array);
        }
        array.asArray().add(value);
    }

    /** Source documents go in as the bytes that they came as. */
    private static RawBsonDocument fragment(
            BsonValue key, int chunk, int ordinal, String field, BsonDocument bySource) {
        BasicOutputBuffer bytes = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(bytes)) {
            writer.writeStartDocument();
            writer.writeStartDocument("_id");
            value(writer, "key", key);
            writer.writeInt32("chunk", chunk);
            writer.writeInt32("ordinal", ordinal);
            writer.writeEndDocument();
            value(writer, "key", key);
            writer.writeInt32("chunk", chunk);
            writer.writeStartDocument(field);
            bySource.forEach((source, documents) -> {
                writer.writeStartArray(source);
                documents.asArray().forEach(document -> element(writer, document.asDocument()));
                writer.writeEndArray();
            });
            writer.writeEndDocument();
            writer.writeEndDocument();
        }
        return new RawBsonDocument(bytes.getInternalBuffer(), 0, bytes.getSize());
    }

    private static void element(BsonBinaryWriter writer, BsonDocument document) {
        if (document instanceof RawBsonDocument raw) {
            try (BsonBinaryReader reader = new BsonBinaryReader(new ByteBufferBsonInput(raw.getByteBuffer()))) {
                writer.pipe(reader);
            }
        } else {
            CODEC.encode(writer, document, CONTEXT);
        }
    }

    private static void value(BsonBinaryWriter writer, String name, BsonValue value) {
        writer.writeName(name);
        VALUES.encode(writer, value, CONTEXT);
    }
}
