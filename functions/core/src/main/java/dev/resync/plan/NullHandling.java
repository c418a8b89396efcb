package dev.resync.plan;

/** What a target document holds where a rule gives no value. */
public enum NullHandling {
    /** The field is written with BSON null. */
    WRITE,
    /** The field is left out. */
    OMIT
}
