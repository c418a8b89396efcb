package dev.resync.cli.look;

import dev.resync.cli.control.RunRecords;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.ProfileOption;
import dev.resync.cli.output.Output;
import dev.resync.cli.remote.AdminApi;
import dev.resync.cli.remote.ApiEnvironment;
import dev.resync.cli.remote.ApiOptions;
import dev.resync.cli.remote.ApiOptions.Api;
import dev.resync.cli.remote.ApiRecords;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentKind;
import dev.resync.error.EnvironmentMismatch;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Where a command looks: at a database, or at what an admin API has. */
final class LookPlace {

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private ApiOptions api;

    @Mixin
    private ProfileOption profile;

    /**
     * Opens what there is on record.
     *
     * @param output where it is for people, the environment is shown first
     * @throws EnvironmentMismatch where the API is not of the environment that the profile is of
     */
    RunRecords open(Output output) {
        Optional<Api> chosen = api.chosen(database, profile.admin());
        if (chosen.isEmpty()) {
            return new DatabaseRecords(new ControlData(database.open(), output));
        }
        AdminApi client = chosen.get().client();
        Environment environment = profile.environment()
                .map(meant -> ApiEnvironment.require(client, meant, true))
                .orElseGet(() -> ApiEnvironment.of(client));
        if (!output.json()) {
            System.err.println("[" + environment.name() + ", "
                    + EnvironmentKind.shown(environment.kind().label()) + ", "
                    + environment.colour().label() + "]");
        }
        return new ApiRecords(client);
    }
}
