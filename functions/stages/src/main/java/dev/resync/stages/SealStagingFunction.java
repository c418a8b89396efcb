package dev.resync.stages;

import jakarta.inject.Named;

/** Checks the fragments complete and seals the staging. */
@Named("seal-staging")
public final class SealStagingFunction extends StageFunction {

    SealStagingFunction(Calls calls) {
        super("seal-staging", calls);
    }
}
