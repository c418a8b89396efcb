package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Finds runs whose execution is gone and has them closed; sweeps up what closed runs left. Called on a schedule. */
@Named("reconcile")
public final class ReconcileFunction extends StageFunction {

    ReconcileFunction(Provider<Stages> stages) {
        super("reconcile", stages);
    }
}
