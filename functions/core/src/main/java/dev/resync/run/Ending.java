package dev.resync.run;

/** How a run ended. */
public enum Ending {
    /** Live was never changed. */
    UNTOUCHED,
    /** The new view is live. */
    CUT_OVER,
    /** Live equals the snapshot again. */
    RESTORED
}
