package dev.resync.stages;

import com.mongodb.ConnectionString;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.error.EnvironmentInvalid;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a deployment says about itself, in environment variables. Read when it is needed: a function that lacks something
 * starts all the same, and says by name what it lacks.
 */
@Singleton
public final class Settings {

    private final Optional<String> environment;
    private final Optional<String> plans;
    private final Optional<String> mongoUri;
    private final Optional<String> restoreMachine;
    private final String version;
    private final Optional<String> artifact;
    private volatile Environment read;

    Settings(
            @ConfigProperty(name = "resync.environment") Optional<String> environment,
            @ConfigProperty(name = "resync.plans") Optional<String> plans,
            @ConfigProperty(name = "resync.mongo-uri") Optional<String> mongoUri,
            @ConfigProperty(name = "resync.restore-machine-arn") Optional<String> restoreMachine,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "resync.artifact") Optional<String> artifact) {
        this.environment = environment;
        this.plans = plans;
        this.mongoUri = mongoUri;
        this.restoreMachine = restoreMachine;
        this.version = version;
        this.artifact = artifact;
    }

    /**
     * Returns the environment of this deployment, from {@code RESYNC_ENVIRONMENT}.
     *
     * @throws EnvironmentInvalid where the profile is missing or wrong
     */
    public Environment environment() {
        if (read == null) {
            read = new EnvironmentReader().read(environment.orElse(null));
        }
        return read;
    }

    /** Returns the name of the environment for log and metrics; empty where the profile is missing or wrong. */
    Optional<String> environmentName() {
        try {
            return Optional.of(environment().name());
        } catch (EnvironmentInvalid e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the names of the deployed plans, from {@code RESYNC_PLANS}, comma separated.
     *
     * @throws EnvironmentInvalid where none is named
     */
    public List<String> plans() {
        List<String> names = Stream.of(plans.orElse("").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.isEmpty()) {
            throw missing("RESYNC_PLANS", "the names of its plans, separated by commas");
        }
        return names;
    }

    /**
     * Returns where the database is, from {@code RESYNC_MONGO_URI}. Errors never show any part of it: it holds a password.
     *
     * @throws EnvironmentInvalid where it is missing or no connection string
     */
    public ConnectionString database() {
        String uri = mongoUri.orElseThrow(() -> missing("RESYNC_MONGO_URI", "the connection string of its database"));
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            throw new EnvironmentInvalid("This deployment's RESYNC_MONGO_URI is no connection string that the driver"
                    + " accepts. Expected mongodb://user:password@host:port,host:port/?options; special characters in"
                    + " user and password must be percent-encoded.");
        }
    }

    /**
     * Returns the ARN of the state machine that closes and restores, from {@code RESYNC_RESTORE_MACHINE_ARN}.
     *
     * @throws EnvironmentInvalid where it is missing
     */
    public String restoreMachine() {
        return restoreMachine.orElseThrow(
                () -> missing("RESYNC_RESTORE_MACHINE_ARN", "the ARN of its restore state machine"));
    }

    /** Returns the same ARN for messages; empty where this function was not told it. */
    Optional<String> restoreMachineIfSet() {
        return restoreMachine;
    }

    /**
     * Returns what names the running code: the deployed package, as {@code RESYNC_ARTIFACT} says, or else the build's version.
     * The same in all functions of a deployment, which Lambda's own function versions are not.
     */
    public String artifact() {
        return artifact.orElse(version);
    }

    private static EnvironmentInvalid missing(String variable, String what) {
        return new EnvironmentInvalid("This deployment lacks " + variable + ": set it to " + what + ".");
    }
}
