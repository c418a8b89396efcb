package dev.resync.cli.look;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.output.Output;
import dev.resync.hash.ContentHash;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists snapshots that can be brought back. */
@Command(name = "snapshots", mixinStandardHelpOptions = true, description = "Lists retained snapshots, newest first.")
public final class SnapshotsCommand implements Callable<Integer> {

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private Output output;

    /**
     * A snapshot as it is listed.
     *
     * @param id what restore takes
     * @param runId run that took it
     * @param plan name of that run's plan
     * @param environment name of the environment
     * @param sealedAt when it was proven
     * @param targets what it holds, by name of the target
     */
    private record Listed(
            String id, String runId, String plan, String environment, Instant sealedAt, Map<String, Copy> targets) {}

    /**
     * The copy of one target.
     *
     * @param live what was copied
     * @param existed whether live existed
     * @param documents count
     * @param hash order-independent hash, 64 hexadecimal digits
     */
    private record Copy(String live, boolean existed, long documents, String hash) {}

    @Override
    public Integer call() {
        try (ControlData data = new ControlData(database.open())) {
            List<Snapshot> snapshots = data.snapshots().all();
            if (output.json()) {
                output.print(snapshots.stream().map(SnapshotsCommand::listed).toArray());
            } else {
                List<String> lines = new ArrayList<>();
                snapshots.forEach(snapshot -> lines.addAll(text(snapshot)));
                output.print(lines);
            }
        }
        return ExitCode.DONE.code();
    }

    private static Listed listed(Snapshot snapshot) {
        Map<String, Copy> targets = new TreeMap<>();
        for (SnapshotTarget target : snapshot.targets()) {
            ContentHash content = target.content();
            targets.put(target.name(), new Copy(target.live(), !target.isAbsent(), content.documents(), content.sum()));
        }
        return new Listed(
                snapshot.id(), snapshot.run(), snapshot.plan(), snapshot.environment(), snapshot.sealedAt(), targets);
    }

    private static List<String> text(Snapshot snapshot) {
        List<String> lines = new ArrayList<>();
        lines.add(snapshot.id() + "  sealed " + snapshot.sealedAt());
        for (SnapshotTarget target : snapshot.targets()) {
            lines.add(String.format(
                    "  %-40s %,11d documents%s",
                    target.live(), target.content().documents(), target.isAbsent() ? ", did not exist" : ""));
        }
        return lines;
    }
}
