package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Maps the bundles of one range of keys into the shadows, or into the quarantine. */
@Named("map-chunk")
public final class MapChunkFunction extends StageFunction {

    MapChunkFunction(Provider<Stages> stages) {
        super("map-chunk", stages);
    }
}
