package dev.resync.stages;

import jakarta.inject.Named;

/** Finds runs whose execution is gone and has them closed; sweeps up what closed runs left. Called on a schedule. */
@Named("reconcile")
public final class ReconcileFunction extends StageFunction {

    ReconcileFunction(Calls calls) {
        super("reconcile", calls);
    }
}
