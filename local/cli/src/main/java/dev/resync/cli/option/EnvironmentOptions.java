package dev.resync.cli.option;

import dev.resync.cli.local.LocalEnvironment;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.RequestInvalid;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which environment the person at the terminal means. There is no default. */
public final class EnvironmentOptions {

    private static final int MOST_CONCURRENCY = 1000;
    private static final int CONCURRENCY = 4;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Environment that the database belongs to, such as prod. Required: there is no default.")
    private String name;

    @Mixin
    private ProfileOption profile;

    @Option(
            names = "--colour",
            description =
                    "Colour that stands for a local environment without a profile: ${COMPLETION-CANDIDATES} (default:"
                            + " GREY).")
    private Colour colour;

    /**
     * Returns the profile.
     *
     * @param concurrency chunks at once; null for the local figure
     * @throws RequestInvalid where no environment was named or the number is out of range
     * @throws dev.resync.error.EnvironmentInvalid where the name cannot be one
     */
    public Environment environment(Integer concurrency) {
        if (name == null || name.isBlank()) {
            throw new RequestInvalid(
                    "--environment is missing; expected the name of the environment that you mean to work"
                            + " in, such as test or prod. There is no default. Nothing was read or changed.");
        }
        if (concurrency != null && (concurrency < 1 || concurrency > MOST_CONCURRENCY)) {
            throw new RequestInvalid("--concurrency is " + concurrency + "; expected a whole number from 1 to "
                    + MOST_CONCURRENCY + ".");
        }
        return !profile.given()
                ? LocalEnvironment.of(
                        name, colour == null ? Colour.GREY : colour, concurrency == null ? CONCURRENCY : concurrency)
                : profiled();
    }

    private Environment profiled() {
        if (colour != null) {
            throw new RequestInvalid(
                    "--colour and --profile are both given; the profile has a colour. Leave --colour out.");
        }
        Environment environment = profile.environment().orElseThrow();
        if (!environment.name().equals(name)) {
            throw new EnvironmentMismatch("--environment is " + name + " and " + profile.file() + " is the profile of "
                    + environment.shown() + ". Nothing was read or changed. Name the environment that you mean.");
        }
        return environment;
    }

    /** Returns where the profile says that the environment's admin API is; see {@link ProfileOption}. */
    public Optional<AdminAddress> admin() {
        return profile.admin();
    }

    /** Returns whether there is a profile. */
    public boolean hasProfile() {
        return profile.given();
    }

    /** Returns the options as typed, for a command that is shown. */
    public String shown() {
        return "--environment " + Shell.quote(name)
                + (profile.given() ? " --profile " + Shell.quote(profile.file().toString()) : "")
                + (colour == null ? "" : " --colour " + colour.label());
    }
}
