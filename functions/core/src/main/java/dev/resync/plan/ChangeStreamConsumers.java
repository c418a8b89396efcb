package dev.resync.plan;

/** What the author of a plan says about consumers of a target's change stream, which a rename ends. */
public enum ChangeStreamConsumers {
    /** There are none. */
    NONE,
    /** There are some, and they are prepared to open their streams anew. */
    ACKNOWLEDGED
}
