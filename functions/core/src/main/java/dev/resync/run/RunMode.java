package dev.resync.run;

/** What a run is allowed to do. */
public enum RunMode {
    /** Admission only. */
    PREVIEW,
    /** Everything up to the verdict; live is never changed. */
    DRY_RUN,
    /** The whole job with cut-over. */
    EXECUTE,
    /** Brings a retained snapshot back. */
    RESTORE,
    /**
     * Proves a retained snapshot by reading it, and says what bringing it back would change; nothing is copied, and live is
     * never changed. It takes the locks of its targets as every run does, so that no other run replaces live while it is
     * compared; where another run holds one, it is refused as the real restore would be.
     */
    RESTORE_DRY_RUN;

    /** Returns whether a run works from a retained snapshot rather than from a plan. */
    public boolean fromSnapshot() {
        return this == RESTORE || this == RESTORE_DRY_RUN;
    }

    /** Returns whether a run may change live. */
    public boolean changesLive() {
        return this == EXECUTE || this == RESTORE;
    }
}
