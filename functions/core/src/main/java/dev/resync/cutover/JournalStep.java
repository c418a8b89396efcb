package dev.resync.cutover;

/** How far a target's cut-over is. */
public enum JournalStep {
    /** Will be replaced; live is as it was. */
    PLANNED,
    /** The rename may have begun; only the names tell whether live was replaced. */
    RENAMING,
    /** Live was replaced. */
    DONE
}
