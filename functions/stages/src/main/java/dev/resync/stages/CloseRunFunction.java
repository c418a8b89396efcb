package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Takes one step towards the end of a run whose execution stopped. */
@Named("close-run")
public final class CloseRunFunction extends StageFunction {

    CloseRunFunction(Provider<Stages> stages) {
        super("close-run", stages);
    }
}
