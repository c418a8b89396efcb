package dev.resync.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunControls;
import dev.resync.cli.option.RequestOptions;
import dev.resync.cli.output.Output;
import dev.resync.cli.remote.ApiControls;
import dev.resync.cli.remote.ApiOptions.Api;
import dev.resync.environment.Environment;
import dev.resync.error.RequestInvalid;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import dev.resync.run.RunMode;
import java.nio.file.Path;
import java.util.Optional;
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

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = {
                "The plan, a JSON document. Required.",
                "With --endpoint the name of a deployed plan will do; a file must be the very plan that is deployed."
            })
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
    private ControlPlace place;

    @Mixin
    private RequestOptions options;

    @Mixin
    private Output output;

    @Option(
            names = "--stop-on-interrupt",
            description = "With --endpoint: stop the run where this command is interrupted; it goes on otherwise.")
    private boolean stopOnInterrupt;

    @Override
    public Integer call() {
        Environment environment = options.environment();
        Optional<Api> api = place.api(options.where());
        try (RunControls controls = api.isPresent() ? asked(api.get(), environment) : onDatabase(environment)) {
            String name = controls.planName(plan);
            ObjectNode request = options.request()
                    .put("plan", name)
                    .put("mode", (confirm == null ? RunMode.DRY_RUN : RunMode.EXECUTE).name())
                    .put("resumeMinutes", resumeMinutes);
            if (confirm == null) {
                controls.show(output);
            } else {
                request.put("confirm", confirm);
                controls.confirm("rebuild the targets of plan " + plan, output);
            }
            Outcome outcome = controls.start(request, name);
            outcome.print(output);
            return outcome.exitCode().code();
        }
    }

    private RunControls asked(Api api, Environment environment) {
        required(plan);
        return ApiControls.open(
                        api,
                        environment,
                        options.where().hasProfile(),
                        options.where().shown(),
                        output)
                .stopOnInterrupt(stopOnInterrupt);
    }

    private RunControls onDatabase(Environment environment) {
        PlanFile plans = planFile(plan);
        plans.read();
        return place.onDatabase(environment, plans, plan, options.shown(), output);
    }

    /** Returns where the plan comes from; raises {@link RequestInvalid} where none was named. */
    static PlanFile planFile(Path plan) {
        required(plan);
        return new PlanFile(plan, new PlanReader());
    }

    private static void required(Path plan) {
        if (plan == null) {
            throw new RequestInvalid(
                    "--plan is missing; expected the file of a plan, such as plans/revalidation.json.");
        }
    }
}
