package dev.resync.stages;

import jakarta.inject.Named;

/** Maps what was changed in the sources since they were read. */
@Named("catch-up")
public final class CatchUpFunction extends StageFunction {

    CatchUpFunction(Calls calls) {
        super("catch-up", calls);
    }
}
