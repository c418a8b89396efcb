package dev.resync.sync;

import dev.resync.hash.DocumentHash;
import java.nio.ByteBuffer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Which document of a source it is, and which version of that.
 *
 * @param id SHA-256 of {@code _id}, 32 bytes: exactly this value, since compound ones differ by the order of their fields, too
 * @param content SHA-256 of the document, 32 bytes
 */
public record DocumentVersion(ByteBuffer id, ByteBuffer content) {

    /** Makes versions. Not safe for use by several threads at once. */
    public static final class Factory {

        private static final String ID = "_id";
        private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

        private final DocumentHash hash = new DocumentHash();

        /** Returns the version of a document; one without {@code _id} counts as having null there. */
        public DocumentVersion of(BsonDocument document) {
            RawBsonDocument raw =
                    document instanceof RawBsonDocument already ? already : new RawBsonDocument(document, CODEC);
            return new DocumentVersion(id(raw.get(ID)), ByteBuffer.wrap(hash.of(raw)));
        }

        private ByteBuffer id(BsonValue id) {
            BsonDocument alone = id == null ? new BsonDocument() : new BsonDocument(ID, id);
            return ByteBuffer.wrap(hash.of(new RawBsonDocument(alone, CODEC)));
        }
    }
}
