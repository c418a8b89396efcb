package dev.resync.mapping;

import dev.resync.bson.FieldNames;
import dev.resync.bson.RawElements;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** The fields of a source's documents that mapping needs. Reads raw bytes once and skips the rest. Thread-safe. */
final class Projection {

    private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();

    private final Set<String> names;
    private final FieldNames wanted;

    /** @param names names of fields of the document itself; null for all */
    Projection(Set<String> names) {
        this.names = names;
        this.wanted = names == null ? null : new FieldNames(names);
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
        RawElements elements = RawElements.of(raw);
        while (elements.next()) {
            int index = wanted.indexOf(elements);
            if (index >= 0) {
                picked.put(wanted.text(index), elements.value());
            }
        }
        return picked;
    }
}
