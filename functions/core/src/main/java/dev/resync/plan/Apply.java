package dev.resync.plan;

/** How a target's new view becomes live. */
public enum Apply {
    /** The new view takes live's place by one rename, which readers see as one step. */
    SWAP,
    /**
     * Documents that differ are written into live, one by one: for collections that must not be renamed, because they are
     * sharded or change streams are open on them. Readers see old and new documents side by side meanwhile.
     */
    IN_PLACE
}
