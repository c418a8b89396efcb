package dev.resync.error;

/** The database belongs to another environment than the profile says, or is a copy of one that does. */
public final class DatabaseForeign extends ResyncException {

    /** @param message what the database says of itself and what to do next; never null */
    public DatabaseForeign(String message) {
        super(message);
    }
}
