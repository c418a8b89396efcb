package dev.resync.sync;

import dev.resync.bson.FieldName;
import dev.resync.bson.RawElements;
import dev.resync.bson.RawWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

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

    private static final FieldName KEY = new FieldName("key");
    private static final FieldName CHUNK = new FieldName("chunk");
    private static final FieldName DOCUMENTS = new FieldName("documents");
    private static final FieldName TOO_LARGE = new FieldName("tooLarge");

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private Fragment() {}

    /** Returns the index of the sync chunk that wrote a fragment; -1 where the document is none. */
    public static int chunkOf(BsonDocument fragment) {
        BsonValue chunk = CHUNK.in(fragment);
        return chunk != null && chunk.isInt32() ? chunk.asInt32().getValue() : -1;
    }

    /** Returns the transformed key of a fragment. */
    public static BsonValue keyOf(BsonDocument fragment) {
        return KEY.in(fragment);
    }

    /**
     * Returns a query for the fragments that may have one of these documents.
     *
     * @param ids values of {@code _id} in the source
     */
    public static BsonDocument having(String source, BsonArray ids) {
        BsonDocument room = new BsonDocument(DOCUMENTS.text() + "." + source + "._id", new BsonDocument("$in", ids));
        BsonDocument noRoom =
                new BsonDocument(TOO_LARGE.text() + "." + source, new BsonDocument("$exists", BsonBoolean.TRUE));
        return new BsonDocument("$or", new BsonArray(List.of(room, noRoom)));
    }

    /** Tells the version of each document that a fragment has of one source. */
    public static void forEachVersion(
            String source, BsonDocument fragment, DocumentVersion.Factory versions, Consumer<DocumentVersion> told) {
        forEach(fragment, DOCUMENTS, (name, document) -> {
            if (name.equals(source)) {
                told.accept(versions.of(document));
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
        forEach(fragment, DOCUMENTS, told::accept);
    }

    /** Tells of each document that the fragment has no room for. */
    static void forEachTooLarge(BsonDocument fragment, Consumer<StagedBundle.TooLarge> told) {
        forEach(
                fragment,
                TOO_LARGE,
                (source, document) -> told.accept(new StagedBundle.TooLarge(
                        source,
                        document.getInt32("bytes").getValue(),
                        new DocumentVersion(binary(document, "id"), binary(document, "content")))));
    }

    private static ByteBuffer binary(BsonDocument document, String field) {
        return ByteBuffer.wrap(document.getBinary(field).getData());
    }

    /** Documents stay the bytes that they are in the fragment. */
    private static void forEach(BsonDocument fragment, FieldName field, BiConsumer<String, RawBsonDocument> told) {
        RawElements elements = RawElements.of(raw(fragment));
        while (elements.next()) {
            if (elements.is(field)) {
                RawElements sources = elements.inside();
                while (sources.next()) {
                    String source = sources.name();
                    RawElements documents = sources.inside();
                    while (documents.next()) {
                        told.accept(source, documents.raw());
                    }
                }
            }
        }
    }

    private static RawBsonDocument raw(BsonDocument fragment) {
        return fragment instanceof RawBsonDocument already ? already : new RawBsonDocument(fragment, CODEC);
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
            BsonValue key, int chunk, int ordinal, FieldName field, BsonDocument bySource) {
        RawWriter writer = new RawWriter();
        writer.begin();
        int id = writer.beginDocument("_id");
        writer.write(KEY.text(), key);
        writer.write(CHUNK.text(), new BsonInt32(chunk));
        writer.write("ordinal", new BsonInt32(ordinal));
        writer.end(id);
        writer.write(KEY.text(), key);
        writer.write(CHUNK.text(), new BsonInt32(chunk));
        writer.write(field.text(), bySource);
        return writer.end();
    }
}
