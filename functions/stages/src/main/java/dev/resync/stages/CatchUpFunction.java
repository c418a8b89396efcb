package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Maps what was changed in the sources since they were read. */
@Named("catch-up")
public final class CatchUpFunction extends StageFunction {

    CatchUpFunction(Provider<Stages> stages) {
        super("catch-up", stages);
    }
}
