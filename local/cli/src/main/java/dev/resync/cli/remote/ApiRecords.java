package dev.resync.cli.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunRecords;
import dev.resync.error.ApiUnavailable;
import dev.resync.retention.ListedSnapshot;
import dev.resync.run.QuarantineEntry;
import dev.resync.run.QuarantineEntry.Problem;
import dev.resync.run.RunState;
import dev.resync.run.RunSummary;
import dev.resync.store.ControlJson;
import dev.resync.verify.DifferenceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an admin API has on record. */
public final class ApiRecords implements RunRecords {

    private static final String RUNS = "runs";
    private static final String NEXT = "next";
    /** Most that an API gives at once. */
    private static final int PAGE = 500;

    private final AdminApi api;

    public ApiRecords(AdminApi api) {
        this.api = api;
    }

    @Override
    public List<RunSummary> runs(int limit) {
        List<RunSummary> found = new ArrayList<>();
        JsonNode page = null;
        while (found.size() < limit && (page == null || page.hasNonNull(NEXT))) {
            Map<String, String> query = new TreeMap<>();
            query.put("limit", String.valueOf(Math.min(PAGE, limit - found.size())));
            if (page != null) {
                query.put("after", page.path(NEXT).asText());
            }
            page = api.get(List.of(RUNS), query);
            found.addAll(as(page.path(RUNS), new TypeReference<List<RunSummary>>() {}));
        }
        return found;
    }

    @Override
    public JsonNode status(String runId) {
        return api.get(List.of(RUNS, runId), Map.of());
    }

    @Override
    public Outcome run(String runId) {
        RunSummary run = summary(status(runId));
        return new Outcome(run, run.state() == RunState.CLOSED ? receipt(runId) : null);
    }

    /** Returns the receipt of a run that is closed. */
    JsonNode receipt(String runId) {
        return api.get(List.of(RUNS, runId, "receipt"), Map.of());
    }

    /** Returns the summary that an answer about one run is, or holds. */
    static RunSummary summary(JsonNode answer) {
        return as(answer.has("run") ? answer.path("run") : answer, new TypeReference<RunSummary>() {});
    }

    @Override
    public List<ListedSnapshot> snapshots() {
        return as(
                api.get(List.of("snapshots"), Map.of()).path("snapshots"),
                new TypeReference<List<ListedSnapshot>>() {});
    }

    @Override
    public DifferenceReport differences(String runId, String target, String field) {
        Map<String, String> query = new TreeMap<>();
        putIfGiven(query, "target", target);
        putIfGiven(query, "field", field);
        return as(api.get(List.of(RUNS, runId, "diff"), query), new TypeReference<DifferenceReport>() {});
    }

    @Override
    public QuarantineCounts quarantine(String runId, String reason, String source, int limit, Bundles bundles) {
        Map<String, String> query = new TreeMap<>();
        putIfGiven(query, "reason", reason);
        putIfGiven(query, "source", source);
        long told = 0;
        JsonNode page = null;
        do {
            query.put("limit", String.valueOf(Math.max(1, Math.min(PAGE, limit - told))));
            if (page != null) {
                query.put("after", page.path(NEXT).asText());
            }
            page = api.get(List.of(RUNS, runId, "quarantine"), query);
            for (QuarantineEntry entry : as(page.path("bundles"), new TypeReference<List<QuarantineEntry>>() {})) {
                if (told < limit) {
                    List<Problem> problems = entry.problems();
                    bundles.bundle(entry.key(), problems);
                    told++;
                }
            }
        } while (told < limit && page.hasNonNull(NEXT));
        return as(counted(page), new TypeReference<QuarantineCounts>() {});
    }

    private static ObjectNode counted(JsonNode page) {
        ObjectNode counted = ControlJson.mapper().createObjectNode();
        List.of("count", "counts", "complete", "why").forEach(name -> counted.set(name, page.get(name)));
        return counted;
    }

    private static void putIfGiven(Map<String, String> query, String name, String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    static <T> T as(JsonNode json, TypeReference<T> type) {
        try {
            T value = ControlJson.mapper().convertValue(json, type);
            if (value == null) {
                throw other(null);
            }
            return value;
        } catch (IllegalArgumentException unexpected) {
            throw other(unexpected);
        }
    }

    private static ApiUnavailable other(Exception cause) {
        return new ApiUnavailable(
                "The answer is JSON, and not what an admin API of this version answers"
                        + (cause == null
                                ? ""
                                : " (" + cause.getMessage().lines().findFirst().orElse("") + ")")
                        + ". See that --endpoint is the root of one, and that this command line is not older than it.",
                cause);
    }

    @Override
    public void close() {
        // Connections close with the process.
    }
}
