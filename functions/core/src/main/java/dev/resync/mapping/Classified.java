package dev.resync.mapping;

import org.bson.BsonValue;

/** What a source document counts as before it meets the others of its key. */
public sealed interface Classified {

    /**
     * The document has no key.
     *
     * @param reason why
     */
    record WithoutKey(Reason reason) implements Classified {}

    /**
     * An exclusion rule claims the document.
     *
     * @param rule name of the rule, unique in its source
     */
    record Excluded(String rule) implements Classified {}

    /**
     * The document has a key.
     *
     * @param rawKey value of the key field as it stands in the document
     * @param key the plan's key: BSON string, int32, int64 or ObjectId as the plan says
     */
    record Keyed(BsonValue rawKey, BsonValue key) implements Classified {}

    /** Why a document has no key. */
    enum Reason {
        /** The field is not there. */
        MISSING,
        /** The field is null or undefined. */
        NULL,
        /** The text is empty or white space, as it is or after the transform. */
        BLANK,
        /** The value is of another type, no whole number, out of range, or text that is no number where one is wanted. */
        WRONG_TYPE,
        /** There is an array at the field or on the way to it. */
        ARRAY
    }
}
