package dev.resync.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.exit.ApiRefused;
import dev.resync.cli.progress.Progress;
import dev.resync.error.ApiUnavailable;
import dev.resync.error.RunUnknown;
import dev.resync.run.RunState;
import java.time.Duration;

/**
 * Asks how a run stands that was just asked for: there is none before its execution has admitted it, and an API may be gone for a
 * while without the run noticing.
 */
final class Admission {

    /** A cold function, a busy database and a few attempts. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    private final ApiRecords records;
    private final Progress progress;
    private final String runId;
    private final long begun = System.nanoTime();
    private JsonNode last;
    private long silentSince;

    Admission(ApiRecords records, Progress progress, String runId) {
        this.records = records;
        this.progress = progress;
        this.runId = runId;
    }

    /**
     * Returns how the run stands, or stood when the API answered last.
     *
     * @throws ApiRefused where it never came to be, with what the API knows of why
     */
    JsonNode status() {
        try {
            JsonNode status = records.status(runId);
            last = status.has("run")
                    ? status
                    : JsonNodeFactory.instance.objectNode().set("run", status);
            silentSince = 0;
        } catch (ApiRefused refused) {
            boolean unknown = refused.error().name().equals(RunUnknown.class.getName());
            if (!unknown || last != null || System.nanoTime() - begun > LONGEST.toNanos()) {
                throw refused;
            }
            return pending();
        } catch (ApiUnavailable silent) {
            endure(silent);
        }
        return last == null ? pending() : last;
    }

    private void endure(ApiUnavailable silent) {
        long now = System.nanoTime();
        if (silentSince == 0) {
            silentSince = now;
            progress.say("the API does not answer; the run goes on, and this looks again: " + silent.getMessage());
        } else if (now - silentSince > LONGEST_SILENCE.toNanos()) {
            throw new ApiUnavailable(
                    "Run " + runId + " goes on, and the API has not answered for " + LONGEST_SILENCE.toMinutes()
                            + " minutes: " + silent.getMessage() + " Look with `status` later.",
                    silent);
        }
    }

    private static JsonNode pending() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.putObject("run").put("state", RunState.PENDING.name());
        return status;
    }
}
