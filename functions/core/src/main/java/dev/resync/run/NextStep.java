package dev.resync.run;

import java.util.List;

/** Chooses what a person can do after a run. */
final class NextStep {

    private NextStep() {}

    /**
     * Returns a command: the real run after a passed dry run, the way back where live was changed, else a dry run.
     *
     * @param wayBack whether the run's snapshot can be restored
     */
    static String of(Run run, Ending ending, boolean wayBack, NextCommands commands) {
        if (run.mode() == RunMode.DRY_RUN && run.confirm() != null) {
            return commands.realRun(run, run.confirm().token());
        }
        if (run.mode() == RunMode.RESTORE_DRY_RUN) {
            boolean passed = run.error() == null && run.verdict() != null;
            return passed
                    ? commands.restore(run, run.restoreFrom(), run.only())
                    : commands.restoreDryRun(run, run.restoreFrom(), run.only());
        }
        boolean changed = ending == Ending.CUT_OVER || (ending == Ending.RESTORED && run.mode() == RunMode.RESTORE);
        return changed && wayBack ? commands.restore(run, run.snapshot(), List.of()) : next(run, ending, commands);
    }

    /** A restore that changed nothing can be asked for again; all else begins with a dry run. */
    private static String next(Run run, Ending ending, NextCommands commands) {
        return run.mode() == RunMode.RESTORE && ending == Ending.UNTOUCHED
                ? commands.restore(run, run.restoreFrom(), run.only())
                : commands.dryRun(run);
    }
}
