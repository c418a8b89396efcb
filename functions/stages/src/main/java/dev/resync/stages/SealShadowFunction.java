package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Checks the shadows complete and seals them. */
@Named("seal-shadow")
public final class SealShadowFunction extends StageFunction {

    SealShadowFunction(Provider<Stages> stages) {
        super("seal-shadow", stages);
    }
}
