package dev.resync.stages;

import jakarta.inject.Named;

/** Checks the shadows complete and seals them. */
@Named("seal-shadow")
public final class SealShadowFunction extends StageFunction {

    SealShadowFunction(Calls calls) {
        super("seal-shadow", calls);
    }
}
