package dev.resync.plan;

import java.util.Arrays;
import java.util.Optional;

/** Type of a key: of a source's key field, or of the transformed key that becomes the targets' {@code _id}. */
public enum KeyType {
    /** Text. */
    STRING("string"),
    /** Whole number of 32 bits; written as BSON int32. */
    INT("int"),
    /** Whole number of 64 bits; written as BSON int64. */
    LONG("long"),
    /** BSON ObjectId. */
    OBJECT_ID("objectId");

    private final String jsonName;

    KeyType(String jsonName) {
        this.jsonName = jsonName;
    }

    /** Returns the name used in plan documents. */
    public String jsonName() {
        return jsonName;
    }

    /** Returns whether keys of this type are whole numbers. */
    public boolean numeric() {
        return this == INT || this == LONG;
    }

    static Optional<KeyType> of(String jsonName) {
        return Arrays.stream(values())
                .filter(type -> type.jsonName.equals(jsonName))
                .findFirst();
    }
}
