package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Copies one range of a sealed snapshot to a shadow. */
@Named("restore-chunk")
public final class RestoreChunkFunction extends StageFunction {

    RestoreChunkFunction(Provider<Stages> stages) {
        super("restore-chunk", stages);
    }
}
