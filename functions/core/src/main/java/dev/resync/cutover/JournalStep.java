package dev.resync.cutover;

/** How far a target's cut-over is. */
public enum JournalStep {
    /** Will be replaced or dropped; live is as it was. */
    PLANNED,
    /** The rename may have begun; only the names tell whether live was changed. */
    RENAMING,
    /** Live was replaced, or is missing where it was to be dropped. */
    DONE
}
