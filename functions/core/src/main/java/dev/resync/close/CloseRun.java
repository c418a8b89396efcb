package dev.resync.close;

import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunError;
import dev.resync.run.RunState;
import dev.resync.run.RunUpdate;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One short step towards the end of a run whose execution stopped. The state machine repeats it, with a wait between, until
 * it answers something other than WAIT.
 */
public final class CloseRun implements Stage<CloseRun.Input, CloseRun.Answer> {

    /** In these a run keeps its execution as long as it keeps its epoch. */
    private static final Set<RunState> WORKING = EnumSet.of(RunState.PENDING, RunState.OPEN, RunState.SUSPENDED);

    private static final Set<RunState> RESUMING = EnumSet.of(RunState.RESUMING);
    /** Longest wait between two looks, so that a stop of a suspended run is seen soon. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** How long after an event its execution may still be described as running. */
    private static final Duration EVENTUAL = Duration.ofSeconds(30);

    private static final int SHORT_WAIT_SECONDS = 5;

    private final StageContext context;
    private final Closing closing;
    private final NextEpoch nextEpoch;

    public CloseRun(StageContext context) {
        this.context = context;
        this.closing = new Closing(context);
        this.nextEpoch = new NextEpoch(context);
    }

    /**
     * Input of this stage. Either {@code runId} or {@code execution} names the run.
     *
     * @param runId id of the run; null where the execution names it
     * @param execution ARN of the execution that stopped; null where the run is named
     * @param stoppedAt when the execution stopped, in milliseconds since 1970, as its event says; null without an event
     * @param by ARN of the execution that calls
     * @param error name of the error that stopped the execution; null where unknown
     * @param cause message of that error; null where unknown
     * @param stop whether a suspended run is to be closed before its time to resume is over; null for no
     * @param settleAs how a run that needs an operator ended, as a person says; null to close a run as it should be
     * @param requestedBy who settles it; null unless it is settled
     * @param reason why; null unless it is settled
     */
    public record Input(
            String runId,
            String execution,
            Long stoppedAt,
            String by,
            String error,
            String cause,
            Boolean stop,
            String settleAs,
            String requestedBy,
            String reason) {}

    /** What comes next. */
    public enum Outcome {
        /** The execution belongs to no run, or still works: nothing to do. */
        NOTHING,
        /** Call again after {@code waitSeconds}. */
        WAIT,
        /** Live must be brought back: go on with the restore in this epoch. */
        RESTORE,
        /** The run ended. */
        CLOSED,
        /** A person must act. */
        NEEDS_OPERATOR
    }

    /**
     * Answer of this stage.
     *
     * @param outcome what comes next
     * @param runId id of the run; null where there is none
     * @param epoch the run's epoch now
     * @param concurrency chunks at once in a restore
     * @param waitSeconds seconds to wait, 1 to 60; 0 unless the outcome is WAIT
     * @param ending how the run ended; null unless closed
     */
    public record Answer(Outcome outcome, String runId, long epoch, int concurrency, long waitSeconds, String ending) {}

    @Override
    public String name() {
        return "close-run";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Answer run(Input input) {
        Optional<Run> found = input.runId() != null
                ? context.runs().find(input.runId())
                : context.runs().findByExecution(input.execution());
        if (found.isEmpty()) {
            return new Answer(Outcome.NOTHING, null, 0, 0, 0, null);
        }
        Run run = found.get();
        if (input.settleAs() != null) {
            Settlement settlement = Settlement.of(input.settleAs(), input.requestedBy(), input.reason());
            return settled(closing.settle(run, settlement), input.by());
        }
        boolean stopped = Boolean.TRUE.equals(input.stop())
                && !context.executions().status(run.execution()).active();
        if (stopped) {
            context.runs().endResume(run, context.clock().instant());
            run = context.runs().require(run.id());
        }
        if (WORKING.contains(run.state()) || RESUMING.contains(run.state())) {
            ExecutionStatus status = context.executions().status(run.execution());
            if (status.active()) {
                // The service that is asked may be a moment behind the event that it sent.
                return justStopped(input)
                        ? answer(Outcome.WAIT, run, SHORT_WAIT_SECONDS)
                        : answer(Outcome.NOTHING, run, 0);
            }
            Optional<Run> suspended = suspend(run, status, input);
            if (suspended.isPresent()) {
                return settled(suspended.get(), input.by());
            }
            // Only from where the execution that was asked about is in charge.
            Set<RunState> from = RESUMING.contains(run.state()) ? RESUMING : WORKING;
            run = closing.begin(run, from, status, error(input, status));
        }
        if (run.state() == RunState.RESTORING) {
            run = takeOver(run, input.by());
        }
        if (run.state() == RunState.CLOSING) {
            run = closing.proceed(run);
        }
        return settled(run, input.by());
    }

    /**
     * A failed execution that has not begun its cut-over may be resumed for a while.
     *
     * @return the run as it is now; empty where it must be closed
     */
    private Optional<Run> suspend(Run run, ExecutionStatus status, Input input) {
        boolean resumable = status == ExecutionStatus.FAILED
                && run.state() != RunState.PENDING
                && !run.mode().fromSnapshot()
                && (run.state() == RunState.RESUMING || !cutOverBegun(run));
        Instant now = context.clock().instant();
        Instant until =
                run.resumeUntil() != null ? run.resumeUntil() : now.plus(Duration.ofMinutes(run.resumeMinutes()));
        if (!resumable || !now.isBefore(until)) {
            return Optional.empty();
        }
        if (run.state() == RunState.SUSPENDED) {
            return Optional.of(run);
        }
        RunError error = error(input, status);
        if (run.state() == RunState.RESUMING) {
            return nextEpoch.begin(run, RunState.SUSPENDED, error);
        }
        Optional<Run> byThisCall = context.runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(RunState.OPEN),
                        RunUpdate.set("state", RunState.SUSPENDED, "resumeUntil", until, "error", error));
        byThisCall.ifPresent(context.notices()::suspended);
        Run suspended = byThisCall.orElseGet(() -> context.runs().require(run.id()));
        // A cut-over in flight may have begun its journal meanwhile: then it goes on, and the run must be closed.
        return cutOverBegun(suspended) ? Optional.empty() : Optional.of(suspended);
    }

    private boolean cutOverBegun(Run run) {
        return !context.journal().of(run.id(), run.epoch()).isEmpty();
    }

    private boolean justStopped(Input input) {
        return input.stoppedAt() != null && context.clock().millis() < input.stoppedAt() + EVENTUAL.toMillis();
    }

    private long waitSeconds(Run run) {
        return secondsToWait(
                Duration.between(context.clock().instant(), run.resumeUntil()).plusSeconds(1));
    }

    private static long secondsToWait(Duration left) {
        return Math.max(1, Math.min(LONGEST_WAIT.toSeconds(), left.toSeconds()));
    }

    /** Takes a restore over whose execution is gone, in a new epoch; leaves one alone that is being worked on. */
    private Run takeOver(Run run, String by) {
        if (by == null || by.equals(run.execution())) {
            return run;
        }
        if (context.executions().status(run.execution()).active()) {
            return run;
        }
        return closing.begin(run, EnumSet.of(RunState.RESTORING), run.stopCause(), null);
    }

    private Answer settled(Run run, String by) {
        return switch (run.state()) {
            case CLOSED -> {
                closing.cleanUp(run);
                yield answer(Outcome.CLOSED, run, 0);
            }
            case NEEDS_OPERATOR -> answer(Outcome.NEEDS_OPERATOR, run, 0);
            case RESTORING -> claim(run, by);
            case SUSPENDED -> answer(Outcome.WAIT, run, waitSeconds(run));
            case CLOSING -> answer(Outcome.WAIT, run, secondsToWait(closing.writesLeft(run)));
            case RESUMING -> answer(Outcome.WAIT, run, 1);
            default -> answer(Outcome.NOTHING, run, 0);
        };
    }

    /** One execution drives a restore; the first to put its name to it. */
    private Answer claim(Run run, String by) {
        Run now = run;
        if (by != null
                && !by.equals(run.execution())
                && !context.executions().status(run.execution()).active()) {
            now = context.runs().claim(run, by);
        }
        return by != null && by.equals(now.execution())
                ? answer(Outcome.RESTORE, now, 0)
                : answer(Outcome.NOTHING, now, 0);
    }

    private static RunError error(Input input, ExecutionStatus status) {
        if (input.error() != null) {
            return RunError.of(input.error(), input.cause());
        }
        return new RunError("Execution." + status, "The execution is " + status + ".");
    }

    private static Answer answer(Outcome outcome, Run run, long waitSeconds) {
        return new Answer(
                outcome,
                run.id(),
                run.epoch(),
                run.concurrency(),
                waitSeconds,
                run.ending() == null ? null : run.ending().name());
    }
}
