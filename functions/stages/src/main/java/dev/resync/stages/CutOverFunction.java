package dev.resync.stages;

import jakarta.inject.Named;

/** Puts the sealed shadows in the place of live, one rename per target. */
@Named("cut-over")
public final class CutOverFunction extends StageFunction {

    CutOverFunction(Calls calls) {
        super("cut-over", calls);
    }
}
