package dev.resync.plan.value;

import org.bson.BsonValue;

/** A value cannot become the type a rule asks for without loss. Has no stack trace: it is an answer, not a fault. */
public final class Unconvertible extends RuntimeException {

    private final String reason;
    private final transient BsonValue value;

    Unconvertible(String reason, BsonValue value, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.value = value;
    }

    static Unconvertible wrongType(BsonValue value, ValueType wanted) {
        return new Unconvertible(
                "wrong-type", value, "is of BSON type " + value.getBsonType() + ", not " + wanted.jsonName());
    }

    static Unconvertible badDate(BsonValue value) {
        return new Unconvertible("bad-date", value, "is no date in a form the plan knows");
    }

    static Unconvertible badNumber(BsonValue value) {
        return new Unconvertible("bad-number", value, "is not the decimal text of a number");
    }

    static Unconvertible lossy(BsonValue value, ValueType wanted) {
        return new Unconvertible("lossy-conversion", value, "does not fit type " + wanted.jsonName() + " without loss");
    }

    /** Returns why, as a stable code: {@code wrong-type}, {@code bad-date}, {@code bad-number}, {@code lossy-conversion}. */
    public String reason() {
        return reason;
    }

    /** Returns the value that could not be converted. */
    public BsonValue value() {
        return value;
    }
}
