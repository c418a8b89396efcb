package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Checks a request and opens its run, or answers an empty one with what could be asked for. */
@Named("admit")
public final class AdmitFunction extends StageFunction {

    AdmitFunction(Provider<Stages> stages) {
        super("admit", stages);
    }
}
