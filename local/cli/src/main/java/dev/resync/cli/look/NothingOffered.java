package dev.resync.cli.look;

import dev.resync.run.NextCommands;
import dev.resync.run.Run;
import java.util.List;

/** For whoever only looks, and writes no receipt that could offer a command. */
final class NothingOffered implements NextCommands {

    @Override
    public String dryRun(Run run) {
        throw unasked();
    }

    @Override
    public String realRun(Run dryRun, String token) {
        throw unasked();
    }

    @Override
    public String restore(Run run, String snapshot, List<String> only) {
        throw unasked();
    }

    @Override
    public String restoreDryRun(Run run, String snapshot, List<String> only) {
        throw unasked();
    }

    private static IllegalStateException unasked() {
        return new IllegalStateException("whoever only looks writes no receipt");
    }
}
