package dev.resync.run;

import dev.resync.pace.RunPace;
import java.time.Instant;

/**
 * A run in one line.
 *
 * @param runId id of the run
 * @param plan name of its plan; null where its snapshot named none
 * @param environment name of the environment
 * @param mode what it may do
 * @param state where it stands
 * @param ending null until closed
 * @param requestedBy who asked, as given
 * @param authenticatedAs who asked, as the admin API authenticated them; null where nobody did, so that who asked is a claim
 * @param reason why
 * @param startedAt when its execution started
 * @param endedAt null until closed
 * @param resumeUntil until when it may be resumed; null unless suspended
 * @param pace how fast it may work, and whether it is held; null where it is neither held nor limited, or closed
 * @param snapshot id of the snapshot that it took of live; null where it took none
 * @param error what stopped it; null where nothing did
 * @param stopCause status of the execution that made the run be closed; null where it finished by itself
 */
public record RunSummary(
        String runId,
        String plan,
        String environment,
        RunMode mode,
        RunState state,
        Ending ending,
        String requestedBy,
        String authenticatedAs,
        String reason,
        Instant startedAt,
        Instant endedAt,
        Instant resumeUntil,
        RunPace pace,
        String snapshot,
        RunError error,
        ExecutionStatus stopCause) {

    /** Returns the summary of a run. */
    public static RunSummary of(Run run) {
        return new RunSummary(
                run.id(),
                run.plan(),
                run.environment(),
                run.mode(),
                run.state(),
                run.ending(),
                run.requestedBy(),
                run.start() == null ? null : run.start().authenticatedAs(),
                run.reason(),
                run.startedAt(),
                run.endedAt(),
                run.state() == RunState.SUSPENDED ? run.resumeUntil() : null,
                pace(run),
                run.snapshot(),
                run.error(),
                run.stopCause());
    }

    /** Returns how fast a run may work; null where that says nothing. */
    public static RunPace pace(Run run) {
        return run.pace().isFree() || run.state() == RunState.CLOSED ? null : run.pace();
    }
}
