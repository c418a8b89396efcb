package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Passes the sealed shadows through the gates and records the verdict. */
@Named("verify")
public final class VerifyFunction extends StageFunction {

    VerifyFunction(Provider<Stages> stages) {
        super("verify", stages);
    }
}
