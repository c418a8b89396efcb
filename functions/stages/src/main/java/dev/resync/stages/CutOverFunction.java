package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Puts the sealed shadows in the place of live, one rename per target. */
@Named("cut-over")
public final class CutOverFunction extends StageFunction {

    CutOverFunction(Provider<Stages> stages) {
        super("cut-over", stages);
    }
}
