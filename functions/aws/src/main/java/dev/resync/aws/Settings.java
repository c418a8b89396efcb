package dev.resync.aws;

import com.mongodb.ConnectionString;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.error.EnvironmentInvalid;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * What a deployment says about itself, in environment variables. Read when it is needed: a function that lacks something
 * starts all the same, and says by name what it lacks.
 */
@Singleton
public final class Settings {

    private final Config config;
    private volatile Environment read;

    Settings(Config config) {
        this.config = config;
    }

    private Optional<String> find(String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * Returns the environment of this deployment, from {@code RESYNC_ENVIRONMENT}.
     *
     * @throws EnvironmentInvalid where the profile is missing or wrong
     */
    public Environment environment() {
        if (read == null) {
            read = new EnvironmentReader().read(find("resync.environment").orElse(null));
        }
        return read;
    }

    /** Returns the name of the environment for log and metrics; empty where the profile is missing or wrong. */
    public Optional<String> environmentName() {
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
        List<String> names = Stream.of(find("resync.plans").orElse("").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.isEmpty()) {
            throw missing("RESYNC_PLANS", "it to the names of its plans, separated by commas");
        }
        return names;
    }

    /**
     * Returns where the database is, from {@code RESYNC_MONGO_URI}, or from the secret that {@code RESYNC_MONGO_SECRET_ARN}
     * names. Errors never show any part of it: it holds a password.
     *
     * @throws EnvironmentInvalid where neither or both are set, or it is no connection string
     * @throws dev.resync.error.DatabaseUnavailable where the secret cannot be read now
     */
    ConnectionString database(Secrets secrets) {
        Optional<String> uri = find("resync.mongo-uri");
        Optional<String> secret = find("resync.mongo-secret-arn");
        if (uri.isPresent() == secret.isPresent()) {
            throw missing(
                    "RESYNC_MONGO_URI or RESYNC_MONGO_SECRET_ARN",
                    "one of them to the connection string of its database, or to the ARN of a secret that is one");
        }
        String variable = uri.isPresent() ? "RESYNC_MONGO_URI" : "secret (RESYNC_MONGO_SECRET_ARN)";
        try {
            return new ConnectionString(uri.orElseGet(() -> secrets.text(secret.orElseThrow())));
        } catch (IllegalArgumentException e) {
            throw new EnvironmentInvalid("This deployment's " + variable + " is no connection string that the driver"
                    + " accepts. Expected mongodb://user:password@host:port,host:port/?options; special characters in"
                    + " user and password must be percent-encoded.");
        }
    }

    /** Returns the PEM file of the certificate authorities to trust, from {@code RESYNC_CA_BUNDLE}; empty for Java's own. */
    Optional<Path> certificateBundle() {
        return find("resync.ca-bundle").map(Path::of);
    }

    /** Returns the ARN of the topic for notifications, from {@code RESYNC_TOPIC_ARN}; empty where nobody is to be told. */
    Optional<String> topic() {
        return find("resync.topic-arn");
    }

    /**
     * Returns the ARN of the state machine that rebuilds views, from {@code RESYNC_RESYNC_MACHINE_ARN}.
     *
     * @throws EnvironmentInvalid where it is missing
     */
    public String resyncMachine() {
        return find("resync.resync-machine-arn")
                .orElseThrow(() -> missing("RESYNC_RESYNC_MACHINE_ARN", "it to the ARN of its resync state machine"));
    }

    /**
     * Returns the ARN of the state machine that closes and restores, from {@code RESYNC_RESTORE_MACHINE_ARN}.
     *
     * @throws EnvironmentInvalid where it is missing
     */
    public String restoreMachine() {
        return restoreMachineIfSet()
                .orElseThrow(() -> missing("RESYNC_RESTORE_MACHINE_ARN", "it to the ARN of its restore state machine"));
    }

    /** Returns the same ARN for messages; empty where this function was not told it. */
    Optional<String> restoreMachineIfSet() {
        return find("resync.restore-machine-arn");
    }

    /** Returns where people sign in to the console page, from {@code RESYNC_SIGN_IN_ISSUER}; empty where they do not. */
    public Optional<String> signInIssuer() {
        return find("resync.sign-in-issuer");
    }

    /**
     * Returns the page's id there, from {@code RESYNC_SIGN_IN_CLIENT_ID}.
     *
     * @throws EnvironmentInvalid where it is missing
     */
    public String signInClientId() {
        return find("resync.sign-in-client-id")
                .orElseThrow(() -> missing(
                        "RESYNC_SIGN_IN_CLIENT_ID", "it to the id of the console page at its identity provider"));
    }

    /** Returns the scopes to ask for there, from {@code RESYNC_SIGN_IN_SCOPES}, separated by blanks. */
    public String signInScopes() {
        return find("resync.sign-in-scopes").orElse("openid");
    }

    /** Returns further origins that the page calls for it, from {@code RESYNC_SIGN_IN_ORIGINS}, separated by blanks. */
    public List<String> signInOrigins() {
        return Stream.of(find("resync.sign-in-origins").orElse("").split("\\s+"))
                .filter(origin -> !origin.isEmpty())
                .toList();
    }

    /**
     * Returns what names the running code: the deployed package, as {@code RESYNC_ARTIFACT} says, or else the build's version.
     * The same in all functions of a deployment, which Lambda's own function versions are not.
     */
    public String artifact() {
        return find("resync.artifact").orElseGet(() -> config.getValue("quarkus.application.version", String.class));
    }

    private static EnvironmentInvalid missing(String variable, String what) {
        return new EnvironmentInvalid("This deployment lacks " + variable + ": set " + what + ".");
    }
}
