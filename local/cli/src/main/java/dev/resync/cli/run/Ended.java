package dev.resync.cli.run;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import java.util.List;

/** Says what became of an execution and returns what the shell is told. */
final class Ended {

    private Ended() {}

    static int of(Followed followed, Output output) {
        ExitCode code = followed.exitCode();
        if (followed.run() == null) {
            output.print(followed.execution().output());
        } else {
            output.print(followed.run());
        }
        if (code == ExitCode.LEFT_OPEN && !output.json()) {
            output.print(List.of("  The run could not be closed. Run `resync reconcile` once the database answers."));
        }
        return code.code();
    }
}
