package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Checks the snapshot complete and seals it. */
@Named("seal-snapshot")
public final class SealSnapshotFunction extends StageFunction {

    SealSnapshotFunction(Provider<Stages> stages) {
        super("seal-snapshot", stages);
    }
}
