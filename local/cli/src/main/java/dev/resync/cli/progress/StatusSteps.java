package dev.resync.cli.progress;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.pace.RunPace;
import dev.resync.store.ControlJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Makes the steps of a run of what an admin API says of it. For one thread. */
public final class StatusSteps {

    private final Clock clock;
    private final RecentRate rate = new RecentRate();
    private String step;
    private Instant since;

    /** @param clock measures how long a step takes, and how fast it is */
    public StatusSteps(Clock clock) {
        this.clock = clock;
    }

    /**
     * Returns what a run is doing now.
     *
     * @param status as the API answers it
     */
    public Step of(JsonNode status) {
        JsonNode run = status.path("run");
        JsonNode working = working(status.path("stages"));
        RunPace asked = run.hasNonNull("pace")
                ? ControlJson.mapper().convertValue(run.path("pace"), RunPace.class)
                : RunPace.FREE;
        StepPace pace = new StepPace(asked, null, null, null);
        return working == null
                ? step(
                        waitsForApproval(status)
                                ? "RequestApproval"
                                : run.path("state").asText(),
                        0,
                        0,
                        0,
                        pace)
                : step(
                        working.path("stage").asText(),
                        working.path("chunks").asInt(),
                        working.path("done").asInt(),
                        working.path("documents").asLong(),
                        pace);
    }

    private static JsonNode working(JsonNode stages) {
        for (JsonNode stage : stages) {
            if (stage.path("state").asText().equalsIgnoreCase("working")) {
                return stage;
            }
        }
        return null;
    }

    private static boolean waitsForApproval(JsonNode status) {
        for (JsonNode next : status.path("next")) {
            if (next.path("what").asText().equalsIgnoreCase("approve")) {
                return true;
            }
        }
        return false;
    }

    private Step step(String name, int chunks, int done, long documents, StepPace pace) {
        Instant now = clock.instant();
        if (!name.equals(step)) {
            step = name;
            rate.reset();
            since = now;
        }
        Duration elapsed = Duration.between(since, now);
        long perSecond = chunks == 0 ? 0 : rate.perSecond(now, documents);
        return new Step(name, chunks, done, documents, perSecond, elapsed, pace);
    }
}
