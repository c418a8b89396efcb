package dev.resync.store;

import com.mongodb.MongoException;

/** Error codes of the server that decide what happens next (source: MongoDB's error code list). */
public enum ServerError {
    NAMESPACE_EXISTS(48),
    DOCUMENT_VALIDATION_FAILURE(121),
    DUPLICATE_KEY(11000);

    private final int code;

    ServerError(int code) {
        this.code = code;
    }

    /** Returns the server's number for this error. */
    public int code() {
        return code;
    }

    /** Returns whether the exception carries this code. */
    public boolean is(MongoException e) {
        return e.getCode() == code;
    }
}
