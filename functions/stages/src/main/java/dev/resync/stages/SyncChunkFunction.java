package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Reads one range of raw keys of the sources into fragments. */
@Named("sync-chunk")
public final class SyncChunkFunction extends StageFunction {

    SyncChunkFunction(Provider<Stages> stages) {
        super("sync-chunk", stages);
    }
}
