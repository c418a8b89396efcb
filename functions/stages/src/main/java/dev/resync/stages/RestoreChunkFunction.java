package dev.resync.stages;

import jakarta.inject.Named;

/** Copies one range of a sealed snapshot to a shadow. */
@Named("restore-chunk")
public final class RestoreChunkFunction extends StageFunction {

    RestoreChunkFunction(Calls calls) {
        super("restore-chunk", calls);
    }
}
