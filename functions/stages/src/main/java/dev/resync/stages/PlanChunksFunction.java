package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Cuts the key spaces into chunks, once per run, and answers how many there are of each stage. */
@Named("plan-chunks")
public final class PlanChunksFunction extends StageFunction {

    PlanChunksFunction(Provider<Stages> stages) {
        super("plan-chunks", stages);
    }
}
