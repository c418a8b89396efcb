package dev.resync.plan;

/** What happens to duplicates of a source: several documents of one key where the plan expects one. */
public enum Duplicates {
    /** The whole bundle goes to quarantine. */
    QUARANTINE,
    /** The latest document (or identity) wins, the others are superseded. */
    LATEST
}
