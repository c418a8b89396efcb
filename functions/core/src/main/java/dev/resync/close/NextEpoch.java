package dev.resync.close;

import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunError;
import dev.resync.run.RunState;
import dev.resync.run.RunUpdate;
import dev.resync.stage.StageContext;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * The second half of a resume from MAP, for whoever comes first: the execution that resumes, or who closes after it. What
 * the epoch so far worked on is put out of reach, and the run begins its next epoch with nothing but its staging.
 */
public final class NextEpoch {

    private final StageContext context;
    private final MoveAway moveAway;

    public NextEpoch(StageContext context) {
        this.context = context;
        this.moveAway = new MoveAway(context);
    }

    /**
     * Begins the next epoch of a run that is RESUMING; safe to repeat.
     *
     * @param state what the run is to be in then: OPEN, or SUSPENDED until somebody resumes it again
     * @param error why it is suspended; null where it is open
     * @return the run as it is now, whoever changed it; empty where its cut-over has begun after all, so that it must be
     *     closed
     */
    public Optional<Run> begin(Run resuming, RunState state, RunError error) {
        // Before anything else: a cut-over of the epoch so far may still be in flight, and must find nothing to rename.
        if (!moveAway.fence(resuming, resuming.epoch()).none()) {
            return Optional.empty();
        }
        context.checkpoints().reached("resume:fenced");
        String staging = RunCollection.of(resuming, CollectionKind.STAGING).key();
        Optional<Run> begun = context.runs()
                .change(
                        resuming.id(),
                        resuming.epoch(),
                        EnumSet.of(RunState.RESUMING),
                        RunUpdate.raisingEpoch(RunUpdate.set(
                                "state",
                                state,
                                "sealed",
                                Map.of(staging, resuming.sealed().get(staging)),
                                "open",
                                null,
                                "verdict",
                                null,
                                "approvalToken",
                                null,
                                "approvals",
                                null,
                                "refusal",
                                null,
                                "caughtUp",
                                null,
                                "drift",
                                null,
                                "carriedOver",
                                null,
                                "cutOverAt",
                                null,
                                "error",
                                error)));
        context.checkpoints().reached("resume:begun");
        return begun.or(() -> Optional.of(context.runs().require(resuming.id())));
    }
}
