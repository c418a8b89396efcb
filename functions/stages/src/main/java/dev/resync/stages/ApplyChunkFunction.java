package dev.resync.stages;

import jakarta.inject.Named;

/** Writes what differs in one range into a live collection that is changed in place. */
@Named("apply-chunk")
public final class ApplyChunkFunction extends StageFunction {

    ApplyChunkFunction(Calls calls) {
        super("apply-chunk", calls);
    }
}
