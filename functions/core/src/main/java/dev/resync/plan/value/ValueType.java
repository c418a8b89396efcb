package dev.resync.plan.value;

import java.util.Arrays;
import java.util.Optional;

/** Type of a target field. */
public enum ValueType {
    /** Copied as it is, embedded documents and arrays included. */
    ANY("any"),
    /** BSON string. */
    STRING("string"),
    /** BSON int32. */
    INT("int"),
    /** BSON int64. */
    LONG("long"),
    /** BSON double. */
    DOUBLE("double"),
    /** BSON decimal128. */
    DECIMAL("decimal"),
    /** BSON boolean. */
    BOOLEAN("boolean"),
    /** Calendar date in the plan's time zone; written as text or as a BSON date. */
    DATE("date"),
    /** Date and time of day in the plan's time zone; written as text or as a BSON date. */
    DATETIME("datetime"),
    /** BSON ObjectId. */
    OBJECT_ID("objectId");

    private final String jsonName;

    ValueType(String jsonName) {
        this.jsonName = jsonName;
    }

    /** Returns the name used in plan documents. */
    public String jsonName() {
        return jsonName;
    }

    /** Returns whether values of this type are dates, with or without a time of day. */
    public boolean temporal() {
        return this == DATE || this == DATETIME;
    }

    /** Returns the type with this name in plan documents, if there is one. */
    public static Optional<ValueType> of(String jsonName) {
        return Arrays.stream(values())
                .filter(type -> type.jsonName.equals(jsonName))
                .findFirst();
    }
}
