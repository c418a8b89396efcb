package dev.resync.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.output.RunLine;
import dev.resync.run.RunSummary;
import dev.resync.schema.OneLine;
import dev.resync.store.ControlJson;
import java.util.ArrayList;
import java.util.List;

/** Words where a run stands, for people. */
final class StatusText {

    private static final int MINUTE = 60;

    private StatusText() {}

    /**
     * Returns the lines.
     *
     * @param status as the admin API answers it
     */
    static List<String> of(JsonNode status) {
        List<String> lines = new ArrayList<>();
        lines.add(RunLine.of(ControlJson.mapper().convertValue(status.path("run"), RunSummary.class)));
        JsonNode execution = status.path("execution");
        if (execution.hasNonNull("status")) {
            lines.add("  execution " + execution.path("status").asText() + "  "
                    + execution.path("arn").asText());
        }
        status.path("stages").forEach(stage -> lines.add(stage(stage)));
        JsonNode eta = status.path("eta");
        if (eta.hasNonNull("seconds")) {
            lines.add("  expected to end in " + time(eta.path("seconds").asDouble()) + ", at "
                    + eta.path("at").asText() + ", going by " + eta.path("from").asText());
        }
        JsonNode verdict = status.path("verdict");
        if (verdict.isObject()) {
            lines.add("  " + verdict.path("gates").size() + " gates asked, "
                    + (verdict.path("passed").asBoolean() ? "all passed" : "not all passed") + ", at "
                    + verdict.path("at").asText());
            verdict.path("gates").forEach(gate -> {
                if (!gate.path("passed").asBoolean()) {
                    lines.add("    gate " + gate.path("name").asText() + " of "
                            + gate.path("subject").asText() + " refused: value "
                            + gate.path("value").asText() + ", limit "
                            + gate.path("limit").asText());
                }
            });
        }
        status.path("next").forEach(next -> lines.add(next(next)));
        return lines.stream().map(OneLine::shown).toList();
    }

    private static String stage(JsonNode stage) {
        int chunks = stage.path("chunks").asInt();
        StringBuilder line = new StringBuilder(String.format(
                "  %-8s %-16s",
                stage.path("state").asText(), stage.path("stage").asText()));
        if (chunks > 0) {
            line.append(String.format(" %,d of %,d chunks,", stage.path("done").asInt(), chunks));
        }
        if (stage.path("documents").asLong() > 0) {
            line.append(String.format(" %,d documents,", stage.path("documents").asLong()));
        }
        if (stage.hasNonNull("documentsPerSecond")) {
            line.append(
                    String.format(" %,.0f/s,", stage.path("documentsPerSecond").asDouble()));
        }
        if (stage.hasNonNull("seconds")) {
            line.append(' ').append(time(stage.path("seconds").asDouble())).append(',');
        }
        if (stage.hasNonNull("usualSeconds")) {
            line.append(" usually ")
                    .append(time(stage.path("usualSeconds").asDouble()))
                    .append(',');
        }
        return line.toString().stripTrailing().replaceFirst(",$", "");
    }

    private static String next(JsonNode next) {
        boolean barred = next.has("allowed") && !next.path("allowed").asBoolean();
        return String.format(
                "  next %-10s %s%s",
                next.path("what").asText(), next.path("why").asText(), barred ? " Your roles do not allow it." : "");
    }

    private static String time(double seconds) {
        return seconds < MINUTE
                ? String.format("%.1f s", seconds)
                : String.format("%d min %d s", (long) seconds / MINUTE, (long) seconds % MINUTE);
    }
}
