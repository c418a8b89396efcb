package dev.resync.stages;

import jakarta.inject.Named;

/** Takes one step towards the end of a run whose execution stopped. */
@Named("close-run")
public final class CloseRunFunction extends StageFunction {

    CloseRunFunction(Calls calls) {
        super("close-run", calls);
    }
}
