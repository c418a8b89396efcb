package dev.resync.cli.demo;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;

/** The ways in which a source row fails to name a doctor. */
public enum OddKey {
    /** The text {@code unknown}. */
    UNKNOWN,
    /** The text {@code na}. */
    NA,
    /** The text {@code n/a}. */
    N_SLASH_A,
    /** The empty text. */
    EMPTY,
    /** An explicit null. */
    NULL,
    /** No such field. Where the key is {@code _id}, an ObjectId, as the database assigns one. */
    MISSING,
    /** A GMC number with a non-breaking space behind it. */
    NO_BREAK_SPACE,
    /** The GMC number as a number. */
    NUMBER,
    /** The GMC number in an array. Not possible where the key is {@code _id}. */
    ARRAY;

    /** Returns whether a document can have such an {@code _id}. */
    boolean fitsId() {
        return this != ARRAY;
    }

    /** Sets {@code field} to this kind of odd key; {@code assigned} stands in for a missing {@code _id}. */
    void putInto(BsonDocument document, String field, String gmcNumber, ObjectId assigned) {
        switch (this) {
            case UNKNOWN -> document.put(field, new BsonString("unknown"));
            case NA -> document.put(field, new BsonString("na"));
            case N_SLASH_A -> document.put(field, new BsonString("n/a"));
            case EMPTY -> document.put(field, new BsonString(""));
            case NULL -> document.put(field, BsonNull.VALUE);
            case NO_BREAK_SPACE -> document.put(field, new BsonString(gmcNumber + "\u00a0"));
            case NUMBER -> document.put(field, new BsonInt32(Integer.parseInt(gmcNumber)));
            case ARRAY -> document.put(field, new BsonArray(List.of(new BsonString(gmcNumber))));
            case MISSING -> {
                if (field.equals("_id")) {
                    document.put(field, new BsonObjectId(assigned));
                }
            }
        }
    }
}
