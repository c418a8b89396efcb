package dev.resync.stages;

import jakarta.inject.Named;

/** Reads one range of raw keys of the sources into fragments. */
@Named("sync-chunk")
public final class SyncChunkFunction extends StageFunction {

    SyncChunkFunction(Calls calls) {
        super("sync-chunk", calls);
    }
}
