package dev.resync.cli.option;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.Environment;
import dev.resync.environment.StartWay;
import dev.resync.error.RequestInvalid;
import dev.resync.schema.OneLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What everybody says who asks for something to be changed: where, who and why. */
public class RequesterOptions {

    @Mixin
    private EnvironmentOptions environment;

    @Option(
            names = "--requested-by",
            paramLabel = "WHO",
            description = "Who asks for it, for the audit trail. Required.")
    private String requestedBy;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, for the audit trail. Required, but for continue and throttle.")
    private String reason;

    /**
     * Who asks, and why.
     *
     * @param requestedBy not blank; null where whoever is asked knows
     * @param reason not blank; null where it may be left out and was
     */
    public record Who(String requestedBy, String reason) {}

    /** Returns the profile; see {@link EnvironmentOptions}. */
    public Environment environment() {
        return environment(null);
    }

    /** The same with so many chunks at once; null for the local figure. */
    final Environment environment(Integer concurrency) {
        return environment.environment(concurrency);
    }

    /** Returns the input of an execution as far as these options say; what is missing is left for admission to name. */
    public ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("environment", environment().name());
        request.put("via", StartWay.COMMAND_LINE.label());
        putIfGiven(request, "requestedBy", requestedBy);
        putIfGiven(request, "reason", reason);
        return request;
    }

    private static void putIfGiven(ObjectNode request, String field, String value) {
        if (value != null) {
            request.put(field, value);
        }
    }

    /**
     * Returns who asks and why.
     *
     * @throws RequestInvalid where either is missing
     */
    public final Who who() {
        return who(true);
    }

    /**
     * Returns who asks and why.
     *
     * @param withReason whether there must be a reason
     * @throws RequestInvalid where nobody is named, or no reason where there must be one
     */
    public final Who who(boolean withReason) {
        OneLine.require("--requested-by", requestedBy, "Say who asks. Nothing was changed.");
        return caller(withReason);
    }

    /**
     * Returns why, and who asks where they say so: whoever is asked knows its callers.
     *
     * @param withReason whether there must be a reason
     * @throws RequestInvalid where there is none
     */
    public final Who caller(boolean withReason) {
        if (withReason || reason != null) {
            OneLine.require("--reason", reason, "Say why. Nothing was changed.");
        }
        return new Who(requestedBy, reason);
    }

    /** Returns the options that name the environment. */
    public final EnvironmentOptions where() {
        return environment;
    }

    /** Returns the options that name the environment as typed, for a command that is shown. */
    public String shown() {
        return environment.shown();
    }
}
