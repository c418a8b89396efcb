package dev.resync.chunk;

import org.bson.BsonInt64;
import org.bson.BsonValue;

/** What makes two values of {@code _id} one key, for maps in memory. */
public final class DocumentKey {

    private DocumentKey() {}

    /** Returns the same for whole numbers that compare equal, which are one key to the server whatever their type. */
    public static BsonValue of(BsonValue id) {
        return id.isInt32() ? new BsonInt64(id.asInt32().getValue()) : id;
    }
}
