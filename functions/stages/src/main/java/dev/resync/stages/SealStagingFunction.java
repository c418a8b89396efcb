package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Checks the fragments complete and seals the staging. */
@Named("seal-staging")
public final class SealStagingFunction extends StageFunction {

    SealStagingFunction(Provider<Stages> stages) {
        super("seal-staging", stages);
    }
}
