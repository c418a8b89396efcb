package dev.resync.run;

/** Says what a person can do after a run. */
final class NextStep {

    private NextStep() {}

    static String of(Run run, Ending ending) {
        if (run.mode() == RunMode.DRY_RUN && run.confirm() != null) {
            return "Start the real run with the same plan and environment, mode EXECUTE and confirm "
                    + run.confirm().token() + " before " + run.confirm().expiresAt() + ".";
        }
        return switch (ending) {
            case UNTOUCHED ->
                run.error() == null
                        ? "Nothing to do: live was not changed."
                        : "Live was not changed. Mend what the error names, then start a dry run.";
            case CUT_OVER -> "To go back, start the restore state machine with snapshot " + run.snapshot() + ".";
            case RESTORED ->
                run.mode() == RunMode.RESTORE
                        ? "To undo the restore, start the restore state machine with snapshot " + run.snapshot() + "."
                        : "Live equals snapshot " + run.restoreFrom() + " again. Start a dry run when ready.";
        };
    }
}
