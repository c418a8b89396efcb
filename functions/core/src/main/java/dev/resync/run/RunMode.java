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
    RESTORE
}
