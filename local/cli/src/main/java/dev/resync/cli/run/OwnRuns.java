package dev.resync.cli.run;

import dev.resync.cli.local.LocalPlatform;
import dev.resync.error.ExecutionLost;
import dev.resync.run.Run;
import dev.resync.run.RunState;

/** Which runs a command that changes them may be meant for. */
final class OwnRuns {

    private OwnRuns() {}

    /**
     * An execution of AWS would look as if it were gone: the command line cannot ask for it.
     *
     * @throws ExecutionLost where an open run was last driven by another engine than the command line's
     */
    static void requireLocal(Run run) {
        boolean atRest = run.state() == RunState.CLOSED || run.state() == RunState.NEEDS_OPERATOR;
        if (!atRest && !LocalPlatform.isLocal(run.execution())) {
            throw new ExecutionLost("Run " + run.id() + " is driven by execution " + run.execution()
                    + ", which the command line cannot ask about. Nothing was changed. Stop, redrive or reconcile it where"
                    + " that execution runs; docs/runbook.md has the commands.");
        }
    }
}
