package dev.resync.cutover;

/** How far a target's cut-over is. */
public enum JournalStep {
    /** Will be replaced, changed in place or dropped; live is as it was. */
    PLANNED,
    /** Documents of live may have been written, and may still be; it holds old and new ones. */
    APPLYING,
    /** The rename may have begun; only the names tell whether live was changed. */
    RENAMING,
    /** Live was replaced or holds all that was to be written, or is missing where it was to be dropped. */
    DONE
}
