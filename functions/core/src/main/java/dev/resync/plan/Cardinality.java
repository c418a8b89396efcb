package dev.resync.plan;

/** How many documents of a source one key may have, and which of them count. */
public enum Cardinality {
    /** At most one; more are duplicates and treated as {@link Duplicates} says. */
    ONE,
    /** Any number; only the latest counts, the others are superseded. */
    LATEST,
    /** Any number; all count. */
    MANY
}
