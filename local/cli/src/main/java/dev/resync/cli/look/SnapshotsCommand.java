package dev.resync.cli.look;

import dev.resync.cli.control.RunRecords;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import dev.resync.retention.ListedSnapshot;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists snapshots that can be brought back, with what keeps each of them. */
@Command(
        name = "snapshots",
        mixinStandardHelpOptions = true,
        description = "Lists retained snapshots, newest first, with what keeps each of them.")
public final class SnapshotsCommand implements Callable<Integer> {

    @Mixin
    private LookPlace place;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (RunRecords records = place.open(output)) {
            List<ListedSnapshot> snapshots = records.snapshots();
            if (output.json()) {
                output.print(snapshots.toArray());
            } else {
                output.print(snapshots.stream()
                        .flatMap(snapshot -> SnapshotText.of(snapshot).stream())
                        .toList());
            }
        }
        return ExitCode.DONE.code();
    }
}
