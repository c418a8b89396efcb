package dev.resync.cli.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.run.RunSummary;

/**
 * A run as it is now, and its account where it has ended.
 *
 * @param run where it stands
 * @param receipt null until it is closed
 */
public record Outcome(RunSummary run, JsonNode receipt) {

    /** Returns the outcome of a run on record. */
    public static Outcome of(Run run) {
        return new Outcome(RunSummary.of(run), run.receipt());
    }

    /** Prints the receipt, or where the run stands while it has none. */
    public void print(Output output) {
        output.print(run, receipt);
    }

    /** Returns what the shell is told: done where the run ended as its mode means to. */
    public ExitCode exitCode() {
        return switch (run.state()) {
            case CLOSED -> ended();
            case SUSPENDED -> ExitCode.SUSPENDED;
            case NEEDS_OPERATOR -> ExitCode.NEEDS_OPERATOR;
            default -> ExitCode.LEFT_OPEN;
        };
    }

    /** Returns what the shell is told of a stop: done where it came in time. */
    public ExitCode exitCodeOfStop() {
        if (run.state() != RunState.CLOSED) {
            return exitCode();
        }
        return run.ending() == Ending.CUT_OVER ? ExitCode.RUN_CLOSED : ExitCode.DONE;
    }

    private ExitCode ended() {
        boolean asMeant =
                switch (run.mode()) {
                    case EXECUTE -> run.ending() == Ending.CUT_OVER;
                    case RESTORE -> run.ending() == Ending.RESTORED;
                    default -> run.error() == null;
                };
        if (asMeant) {
            return ExitCode.DONE;
        }
        ExitCode named =
                run.error() == null ? ExitCode.STOPPED : ExitCode.of(run.error().name());
        return named == ExitCode.UNEXPECTED && run.stopCause() == ExecutionStatus.ABORTED ? ExitCode.STOPPED : named;
    }
}
