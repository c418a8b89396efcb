package dev.resync.cli.option;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.Environment;
import dev.resync.environment.StartWay;
import dev.resync.error.RequestInvalid;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every start says: where, who, why and how much at once. */
public final class RequestOptions {

    @Mixin
    private EnvironmentOptions environment;

    @Option(names = "--requested-by", paramLabel = "WHO", description = "Who asks for the run. Required.")
    private String requestedBy;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why the run is needed. Required.")
    private String reason;

    @Option(
            names = "--chunk-documents",
            paramLabel = "N",
            description = "Documents a chunk is planned for, 1 to 1,000,000 (default: the plan's).")
    private Integer chunkDocuments;

    @Option(names = "--concurrency", paramLabel = "N", description = "Chunks at once, 1 to 1,000 (default: 4).")
    private Integer concurrency;

    /** Returns the profile; see {@link EnvironmentOptions}. */
    public Environment environment() {
        return environment.environment(concurrency);
    }

    /** Returns the input of an execution as far as these options say; what is missing is left for admission to name. */
    public ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("environment", environment().name());
        request.put("via", StartWay.COMMAND_LINE.label());
        putIfGiven(request, "requestedBy", requestedBy);
        putIfGiven(request, "reason", reason);
        if (chunkDocuments != null) {
            request.put("chunkDocuments", chunkDocuments);
        }
        return concurrency == null ? request : request.put("concurrency", concurrency);
    }

    private static void putIfGiven(ObjectNode request, String field, String value) {
        if (value != null) {
            request.put(field, value);
        }
    }

    /**
     * Who asks, and why.
     *
     * @param requestedBy not blank
     * @param reason not blank
     */
    public record Who(String requestedBy, String reason) {}

    /**
     * Returns who asks and why.
     *
     * @throws RequestInvalid where either is missing
     */
    public Who who() {
        require("--requested-by", requestedBy, "who asks");
        require("--reason", reason, "why");
        return new Who(requestedBy, reason);
    }

    private static void require(String option, String value, String what) {
        if (value == null || value.isBlank()) {
            throw new RequestInvalid(
                    option + " is missing; expected a text that says " + what + ". Nothing was changed.");
        }
    }

    /** Returns environment and sizes as typed, for a command that is shown. */
    public String shown() {
        return environment.shown()
                + (chunkDocuments == null ? "" : " --chunk-documents " + chunkDocuments)
                + (concurrency == null ? "" : " --concurrency " + concurrency);
    }
}
