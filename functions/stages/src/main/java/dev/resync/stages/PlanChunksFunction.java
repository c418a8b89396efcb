package dev.resync.stages;

import jakarta.inject.Named;

/** Cuts the key spaces into chunks, once per run, and answers how many there are of each stage. */
@Named("plan-chunks")
public final class PlanChunksFunction extends StageFunction {

    PlanChunksFunction(Calls calls) {
        super("plan-chunks", calls);
    }
}
