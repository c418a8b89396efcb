package dev.resync.error;

/** A file of documents cannot be loaded: it cannot be read, or one of its lines is no document. */
public final class DocumentsInvalid extends ResyncException {

    /**
     * @param message what was wrong, with file and line, and what to do next; never null
     * @param cause what led to it; may be null
     */
    public DocumentsInvalid(String message, Throwable cause) {
        super(message, cause);
    }
}
