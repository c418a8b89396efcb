package dev.resync.stages;

import jakarta.inject.Named;

/** Ends a run and writes its receipt. */
@Named("finish")
public final class FinishFunction extends StageFunction {

    FinishFunction(Calls calls) {
        super("finish", calls);
    }
}
