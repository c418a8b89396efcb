package dev.resync.error;

/**
 * Root of all errors that Resync raises by name.
 *
 * <p>AWS Lambda reports a thrown exception under its full class name, and the state machines match those names in their
 * {@code Retry} and {@code Catch} fields. Subclasses therefore live in this package and are never renamed or moved.
 */
public abstract class ResyncException extends RuntimeException {

    /** @param message what was wrong, with field, value, expectation and next step; never null */
    protected ResyncException(String message) {
        super(message);
    }

    /**
     * @param message what was wrong, with field, value, expectation and next step; never null
     * @param cause what led to it; may be null
     */
    protected ResyncException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns the stable name of this error, equal to {@code errorType} in a Lambda response. */
    public final String errorName() {
        return getClass().getName();
    }
}
