package dev.resync.stages;

import jakarta.inject.Named;

/** Passes the sealed shadows through the gates and records the verdict. */
@Named("verify")
public final class VerifyFunction extends StageFunction {

    VerifyFunction(Calls calls) {
        super("verify", calls);
    }
}
