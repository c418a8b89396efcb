package dev.resync.stages;

import jakarta.inject.Named;

/** Checks the snapshot complete and seals it. */
@Named("seal-snapshot")
public final class SealSnapshotFunction extends StageFunction {

    SealSnapshotFunction(Calls calls) {
        super("seal-snapshot", calls);
    }
}
