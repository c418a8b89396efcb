package dev.resync.cli.look;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.output.Output;
import dev.resync.retention.ListedSnapshot;
import dev.resync.retention.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists snapshots that can be brought back, with what keeps each of them. */
@Command(
        name = "snapshots",
        mixinStandardHelpOptions = true,
        description = "Lists retained snapshots, newest first, with what keeps each of them.")
public final class SnapshotsCommand implements Callable<Integer> {

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (ControlData data = new ControlData(database.open(), output)) {
            List<Standing> standings = data.standings();
            List<String> unreadable = data.snapshots().manifests().unreadable();
            if (output.json()) {
                output.print(Stream.concat(
                                standings.stream().map(ListedSnapshot::of),
                                unreadable.stream().map(ListedSnapshot::unreadable))
                        .toArray());
            } else {
                List<String> lines = new ArrayList<>();
                standings.forEach(standing -> lines.addAll(SnapshotText.of(standing)));
                unreadable.forEach(id -> lines.addAll(SnapshotText.unreadable(id)));
                output.print(lines);
            }
        }
        return ExitCode.DONE.code();
    }
}
