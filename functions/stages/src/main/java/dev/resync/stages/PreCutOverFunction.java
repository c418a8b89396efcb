package dev.resync.stages;

import jakarta.inject.Named;

/** Looks for drift of live since the snapshot and renews the verdict, right before the cut-over. */
@Named("pre-cut-over")
public final class PreCutOverFunction extends StageFunction {

    PreCutOverFunction(Calls calls) {
        super("pre-cut-over", calls);
    }
}
