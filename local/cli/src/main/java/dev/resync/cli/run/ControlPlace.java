package dev.resync.cli.run;

import dev.resync.cli.control.RunControls;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.EnvironmentOptions;
import dev.resync.cli.output.Output;
import dev.resync.cli.remote.ApiControls;
import dev.resync.cli.remote.ApiOptions;
import dev.resync.cli.remote.ApiOptions.Api;
import dev.resync.environment.Environment;
import dev.resync.plan.PlanSource;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Where a command changes runs: on a database, or by asking an admin API. */
final class ControlPlace {

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private ApiOptions api;

    /**
     * Returns the API that is to be asked; empty where the command works on a database itself.
     *
     * @param environment its profile may name an API
     */
    Optional<Api> api(EnvironmentOptions environment) {
        return api.chosen(database, environment.admin());
    }

    /**
     * Opens it for a command that needs no plan.
     *
     * @param environment the one that is meant
     * @param options that named it
     * @param shown the options that name environment and sizes, for commands that are shown
     */
    RunControls open(Environment environment, EnvironmentOptions options, String shown, Output output) {
        Optional<Api> chosen = api(options);
        return chosen.isPresent()
                ? ApiControls.open(chosen.get(), environment, options.hasProfile(), options.shown(), output)
                : onDatabase(environment, new NoPlans(), null, shown, output);
    }

    /**
     * Opens a database.
     *
     * @param plans where plans come from
     * @param plan file of the plan as typed; null where the command needs none
     */
    RunControls onDatabase(Environment environment, PlanSource plans, Path plan, String shown, Output output) {
        return new DatabaseControls(Session.open(database, environment, plans, plan, shown, output));
    }
}
