package dev.resync.mapping;

import java.util.Set;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.ByteBufNIO;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.DecoderContext;
import org.bson.io.ByteBufferBsonInput;

/** The fields of a source's documents that mapping needs. Reads raw bytes once and skips the rest. Thread-safe. */
final class Projection {

    private static final BsonValueCodec VALUES = new BsonValueCodec();
    private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();
    private static final DecoderContext CONTEXT = DecoderContext.builder().build();

    private final Set<String> names;

    /** @param names names of fields of the document itself; null for all */
    Projection(Set<String> names) {
        this.names = names;
    }

    BsonDocument of(BsonDocument document) {
        if (names == null) {
            return document instanceof RawBsonDocument raw ? raw.decode(DOCUMENTS) : document;
        }
        return document instanceof RawBsonDocument raw ? read(raw) : pick(document);
    }

    private BsonDocument pick(BsonDocument document) {
        BsonDocument picked = new BsonDocument();
        for (String name : names) {
            BsonValue value = document.get(name);
            if (value != null) {
                picked.put(name, value);
            }
        }
        return picked;
    }

    private BsonDocument read(RawBsonDocument raw) {
        BsonDocument picked = new BsonDocument();
        try (ByteBufferBsonInput input = new ByteBufferBsonInput(
                        new ByteBufNIO(raw.getByteBuffer().asNIO()));
                BsonBinaryReader reader = new BsonBinaryReader(input)) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                String name = reader.readName();
                if (names.contains(name)) {
                    picked.put(name, VALUES.decode(reader, CONTEXT));
                } else {
                    reader.skipValue();
                }
            }
        }
        return picked;
    }
}
