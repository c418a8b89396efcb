package dev.resync.cli.run;

import dev.resync.cli.exit.ExitCode;
import dev.resync.engine.ExecutionDescription;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;

/**
 * What became of an execution.
 *
 * @param execution how it ended
 * @param run its run as it is now; null for a preview, which has none
 */
public record Followed(ExecutionDescription execution, Run run) {

    /** Returns what the shell is told. */
    ExitCode exitCode() {
        return run == null ? ExitCode.DONE : of(run);
    }

    /** Returns what the shell is told of a run: done where it ended as its mode means to. */
    static ExitCode of(Run run) {
        return switch (run.state()) {
            case CLOSED -> ended(run);
            case SUSPENDED -> ExitCode.SUSPENDED;
            case NEEDS_OPERATOR -> ExitCode.NEEDS_OPERATOR;
            default -> ExitCode.LEFT_OPEN;
        };
    }

    private static ExitCode ended(Run run) {
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
