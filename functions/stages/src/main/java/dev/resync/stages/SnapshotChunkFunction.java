package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Copies one range of a live collection to the open snapshot and reads it back. */
@Named("snapshot-chunk")
public final class SnapshotChunkFunction extends StageFunction {

    SnapshotChunkFunction(Provider<Stages> stages) {
        super("snapshot-chunk", stages);
    }
}
