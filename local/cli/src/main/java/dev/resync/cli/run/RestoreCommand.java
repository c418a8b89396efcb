package dev.resync.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunControls;
import dev.resync.cli.option.RequestOptions;
import dev.resync.cli.output.Output;
import dev.resync.environment.Environment;
import dev.resync.run.RunMode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a retained snapshot back; live is snapshotted first, so that this can be undone, too. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Brings a snapshot back, after taking one of live as it is now.",
            "With --dry-run it only says what that would change."
        })
public final class RestoreCommand implements Callable<Integer> {

    @Option(
            names = "--snapshot",
            paramLabel = "ID",
            description = "Id of the snapshot, as `resync snapshots` lists it.")
    private String snapshot;

    @Option(
            names = "--only",
            paramLabel = "TARGET",
            description = "Bring back only this target of the snapshot; may be repeated (default: all that it holds).")
    private List<String> only = List.of();

    @Option(
            names = "--dry-run",
            description = "Prove the snapshot by reading it and show what would change; nothing is copied or changed.")
    private boolean dryRun;

    @Mixin
    private ControlPlace place;

    @Mixin
    private RequestOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Environment environment = options.environment();
        ObjectNode request = options.request().put("mode", (dryRun ? RunMode.RESTORE_DRY_RUN : RunMode.RESTORE).name());
        if (snapshot != null) {
            request.put("snapshot", snapshot);
        }
        if (!only.isEmpty()) {
            only.forEach(request.putArray("only")::add);
        }
        try (RunControls controls = place.open(environment, options.where(), options.shown(), output)) {
            if (dryRun) {
                controls.show(output);
            } else {
                controls.confirm("bring back snapshot " + snapshot, output);
            }
            Outcome outcome = controls.start(request, "restore");
            outcome.print(output);
            return outcome.exitCode().code();
        }
    }
}
