package dev.resync.cli.option;

import dev.resync.cli.local.LocalEnvironment;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.error.EnvironmentInvalid;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.RequestInvalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which environment the person at the terminal means. There is no default. */
public final class EnvironmentOptions {

    private static final int MOST_CONCURRENCY = 1000;
    private static final int CONCURRENCY = 4;
    private static final String VARIABLE = "RESYNC_PROFILE";

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Environment that the database belongs to, such as prod. Required: there is no default.")
    private String name;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            defaultValue = "${env:" + VARIABLE + "}",
            description =
                    "Profile of the environment, such as environments/production.json. May be given in the variable "
                            + VARIABLE + " instead. Without one the environment is a local one, open to anybody.")
    private Path profile;

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
        return unprofiled()
                ? LocalEnvironment.of(
                        name, colour == null ? Colour.GREY : colour, concurrency == null ? CONCURRENCY : concurrency)
                : profiled();
    }

    /** A variable that is set to nothing names none either. */
    private boolean unprofiled() {
        return profile == null || profile.toString().isBlank();
    }

    private Environment profiled() {
        if (colour != null) {
            throw new RequestInvalid(
                    "--colour and --profile are both given; the profile has a colour. Leave --colour out.");
        }
        Environment environment = new EnvironmentReader().read(text());
        if (!environment.name().equals(name)) {
            throw new EnvironmentMismatch("--environment is " + name + " and " + profile + " is the profile of "
                    + environment.shown() + ". Nothing was read or changed. Name the environment that you mean.");
        }
        return environment;
    }

    private String text() {
        try {
            return Files.readString(profile);
        } catch (IOException | UncheckedIOException unreadable) {
            throw new EnvironmentInvalid(
                    "--profile is " + profile + ", which cannot be read: " + unreadable.getMessage()
                            + ". Name the profile of the environment, such as environments/production.json.");
        }
    }

    /** Returns the options as typed, for a command that is shown. */
    public String shown() {
        return "--environment " + Shell.quote(name)
                + (unprofiled() ? "" : " --profile " + Shell.quote(profile.toString()))
                + (colour == null ? "" : " --colour " + colour.label());
    }
}
