package dev.resync.mapping;

import org.bson.BsonValue;

/** A value that no rule can use. Has no stack trace: it is an answer, not a fault. */
final class MappingFailure extends RuntimeException {

    static final String ARRAY_ON_PATH = "array-on-path";
    static final String BAD_DATE = "bad-date";
    static final String DUPLICATE_KEY = "duplicate-key";
    static final String EXPRESSION_FAILED = "expression-failed";
    static final String LATEST_UNCLEAR = "latest-unclear";
    static final String REQUIRED_MISSING = "required-missing";
    static final String SEVERAL_VALUES = "several-values";
    static final String UNKNOWN_ENUM_VALUE = "unknown-enum-value";

    private final String reason;
    private final String value;

    MappingFailure(String reason, BsonValue value) {
        this(reason, ShortText.of(value));
    }

    MappingFailure(String reason, String value) {
        super(reason, null, false, false);
        this.reason = reason;
        this.value = value;
    }

    String reason() {
        return reason;
    }

    /** Returns the value as short text; may be null. */
    String value() {
        return value;
    }
}
