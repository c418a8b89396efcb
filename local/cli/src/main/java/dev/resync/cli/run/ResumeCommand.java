package dev.resync.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunControls;
import dev.resync.cli.option.RequesterOptions;
import dev.resync.cli.option.RequesterOptions.Who;
import dev.resync.cli.output.Output;
import dev.resync.cli.remote.ApiControls;
import dev.resync.cli.remote.ApiOptions.Api;
import dev.resync.environment.Environment;
import dev.resync.error.RequestInvalid;
import dev.resync.plan.PlanFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a run go on whose execution failed or died. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a run go on whose execution failed or died.",
            "Without --from the same execution goes on; what it had done is not done again, and plan and program must be the"
                    + " same. With --from MAP a new execution maps again from the staging that the run has; the plan's rules"
                    + " may have changed."
        })
public final class ResumeCommand implements Callable<Integer> {

    /** Where a run can go on in a new execution. */
    private enum From {
        MAP
    }

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run.")
    private String runId;

    @Option(names = "--from", description = "Go on from here in a new execution: ${COMPLETION-CANDIDATES}.")
    private From from;

    @Option(
            names = "--confirm",
            paramLabel = "HASH",
            description =
                    "With --from: hash of the plan, where it changed since the run was confirmed; plan validate shows it.")
    private String confirm;

    @Option(names = "--plan", paramLabel = "FILE", description = "The run's plan. Required, but with --endpoint.")
    private Path plan;

    @Mixin
    private ControlPlace place;

    @Mixin
    private RequesterOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Environment environment = options.environment();
        if (confirm != null && from == null) {
            throw new RequestInvalid(
                    "--confirm is given without --from; the same execution goes on with the plan that it was"
                            + " confirmed for. Leave it out, or give --from MAP as well.");
        }
        Optional<Api> api = place.api(options.where());
        try (RunControls controls = api.isPresent()
                ? ApiControls.open(
                        api.get(),
                        environment,
                        options.where().hasProfile(),
                        options.where().shown(),
                        output)
                : onDatabase(environment)) {
            controls.confirm("resume " + runId, output);
            Who who = api.isPresent() ? options.caller(true) : options.who();
            Outcome outcome = from == null ? controls.redrive(runId, who) : fromMap(controls, who);
            outcome.print(output);
            return outcome.exitCode().code();
        }
    }

    private RunControls onDatabase(Environment environment) {
        PlanFile plans = RunCommand.planFile(plan);
        plans.read();
        return place.onDatabase(environment, plans, plan, options.shown(), output);
    }

    private Outcome fromMap(RunControls controls, Who who) {
        ObjectNode request = options.request().put("resume", runId).put("from", from.name());
        if (confirm != null) {
            request.put("confirm", confirm);
        }
        return controls.goOn(request, who);
    }
}
