package dev.resync.cli.exit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoException;
import dev.resync.error.ResyncException;
import dev.resync.run.RunError;
import dev.resync.store.DatabaseErrors;

/**
 * An error as a command reports it.
 *
 * @param name stable name
 * @param message for people, with what to do next
 * @param exitCode what the shell sees
 */
public record Failure(String name, String message, ExitCode exitCode) {

    /** Returns the failure behind whatever a command raised. */
    public static Failure of(Throwable error) {
        if (error instanceof MongoException mongo) {
            return of(DatabaseErrors.named(mongo));
        }
        if (error instanceof ExecutionRefused refused) {
            return of(refused.error());
        }
        if (error instanceof ApiRefused refused) {
            return of(refused.error());
        }
        if (error instanceof RunLeftOpen) {
            return new Failure(RunLeftOpen.NAME, error.getMessage(), ExitCode.LEFT_OPEN);
        }
        String name = error instanceof ResyncException named
                ? named.errorName()
                : error.getClass().getName();
        return new Failure(name, String.valueOf(error.getMessage()), ExitCode.of(name));
    }

    /** Returns the failure of arguments that cannot be used. */
    public static Failure usage(String message) {
        return new Failure("Usage", message, ExitCode.USAGE);
    }

    private static Failure of(RunError error) {
        return new Failure(error.name(), error.message(), ExitCode.of(error.name()));
    }

    /** Returns it as JSON. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("name", name).put("message", message);
        return json.put("exitCode", exitCode.code());
    }
}
