package dev.resync.cli.option;

import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.error.EnvironmentInvalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The profile of the environment that a person means. */
public final class ProfileOption {

    private static final String VARIABLE = "RESYNC_PROFILE";

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            defaultValue = "${env:" + VARIABLE + "}",
            description =
                    "Profile of the environment, such as environments/production.json; may name its admin API. May be given"
                            + " in the variable " + VARIABLE + " instead.")
    private Path file;

    /** Returns whether there is one: a variable that is set to nothing names none either. */
    boolean given() {
        return file != null && !file.toString().isBlank();
    }

    /** Returns its file, as typed. */
    Path file() {
        return file;
    }

    /**
     * Returns the profile; empty where there is none.
     *
     * @throws EnvironmentInvalid where it cannot be read
     */
    public Optional<Environment> environment() {
        return given() ? Optional.of(new EnvironmentReader().read(text())) : Optional.empty();
    }

    /** Returns where it says that the environment's admin API is; empty where it says nothing, or there is none. */
    public Optional<AdminAddress> admin() {
        return environment().flatMap(valid -> AdminAddress.of(text()));
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException | UncheckedIOException unreadable) {
            throw new EnvironmentInvalid("--profile is " + file + ", which cannot be read: " + unreadable.getMessage()
                    + ". Name the profile of the environment, such as environments/production.json.");
        }
    }
}
