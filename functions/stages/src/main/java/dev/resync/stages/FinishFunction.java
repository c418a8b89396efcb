package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Ends a run and writes its receipt. */
@Named("finish")
public final class FinishFunction extends StageFunction {

    FinishFunction(Provider<Stages> stages) {
        super("finish", stages);
    }
}
