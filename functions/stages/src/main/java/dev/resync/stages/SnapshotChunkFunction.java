package dev.resync.stages;

import jakarta.inject.Named;

/** Copies one range of a live collection to the open snapshot and reads it back. */
@Named("snapshot-chunk")
public final class SnapshotChunkFunction extends StageFunction {

    SnapshotChunkFunction(Calls calls) {
        super("snapshot-chunk", calls);
    }
}
