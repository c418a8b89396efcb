package dev.resync.stages;

import jakarta.inject.Named;

/** Maps the bundles of one range of keys into the shadows, or into the quarantine. */
@Named("map-chunk")
public final class MapChunkFunction extends StageFunction {

    MapChunkFunction(Calls calls) {
        super("map-chunk", calls);
    }
}
