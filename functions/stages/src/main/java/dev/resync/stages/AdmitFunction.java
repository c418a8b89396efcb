package dev.resync.stages;

import jakarta.inject.Named;

/** Checks a request and opens its run, or answers an empty one with what could be asked for. */
@Named("admit")
public final class AdmitFunction extends StageFunction {

    AdmitFunction(Calls calls) {
        super("admit", calls);
    }
}
