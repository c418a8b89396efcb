package dev.resync.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.RequestOptions;
import dev.resync.cli.output.Output;
import dev.resync.environment.Environment;
import dev.resync.error.RequestInvalid;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import dev.resync.run.RunMode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rebuilds the targets of a plan: a dry run, or with the token of one the real run. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Rebuilds the targets of a plan. Without --confirm a dry run that hands out the token for the real one.")
public final class RunCommand implements Callable<Integer> {

    @Option(names = "--plan", paramLabel = "FILE", description = "The plan, a JSON document. Required.")
    private Path plan;

    @Option(
            names = "--confirm",
            paramLabel = "TOKEN",
            description = "What a dry run handed out: makes this a real run.")
    private String confirm;

    @Option(
            names = "--resume-minutes",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Keep a run whose execution fails suspended for so long, with lock and staging, so that it can be"
                            + " resumed; 0 closes it at once (default: ${DEFAULT-VALUE}).")
    private int resumeMinutes;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private RequestOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Environment environment = options.environment();
        PlanFile plans = planFile(plan);
        ObjectNode request = options.request()
                .put("plan", plans.read().name())
                .put("mode", (confirm == null ? RunMode.DRY_RUN : RunMode.EXECUTE).name())
                .put("resumeMinutes", resumeMinutes);
        if (confirm != null) {
            request.put("confirm", confirm);
        }
        try (Session session = Session.open(database, environment, plans, plan, options.shown(), output)) {
            if (confirm == null) {
                session.show(output);
            } else {
                session.confirm("rebuild the targets of plan " + plan, output);
            }
            return Ended.of(
                    session.follow(session.platform()
                            .startResync(session.newName(plans.read().name()), request)),
                    output);
        }
    }

    /** Returns where the plan comes from; raises {@link RequestInvalid} where none was named. */
    static PlanFile planFile(Path plan) {
        if (plan == null) {
            throw new RequestInvalid(
                    "--plan is missing; expected the file of a plan, such as plans/revalidation.json.");
        }
        return new PlanFile(plan, new PlanReader());
    }
}
