package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Looks for drift of live since the snapshot and renews the verdict, right before the cut-over. */
@Named("pre-cut-over")
public final class PreCutOverFunction extends StageFunction {

    PreCutOverFunction(Provider<Stages> stages) {
        super("pre-cut-over", stages);
    }
}
