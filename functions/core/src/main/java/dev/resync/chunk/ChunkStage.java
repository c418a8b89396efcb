package dev.resync.chunk;

/** Stages that work chunk by chunk. */
public enum ChunkStage {
    SNAPSHOT("snapshot-chunk"),
    SYNC("sync-chunk"),
    MAP("map-chunk"),
    RESTORE("restore-chunk"),
    APPLY("apply-chunk");

    private final String function;

    ChunkStage(String function) {
        this.function = function;
    }

    /** Returns the name of the function that does a chunk of this stage. */
    public String function() {
        return function;
    }
}
