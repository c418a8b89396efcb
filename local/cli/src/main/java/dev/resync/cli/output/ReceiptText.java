package dev.resync.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.environment.EnvironmentKind;
import dev.resync.run.RunMode;
import java.util.ArrayList;
import java.util.List;

/** A receipt as lines for people. */
public final class ReceiptText {

    /** Names a line; JSON has them all. */
    private static final int UNMAPPED_SHOWN = 10;

    private ReceiptText() {}

    /**
     * Returns the lines, without a line end.
     *
     * @param receipt a receipt as JSON
     */
    public static List<String> of(JsonNode receipt) {
        List<String> lines = new ArrayList<>();
        lines.add(receipt.path("runId").asText() + " (" + receipt.path("mode").asText() + " in "
                + receipt.path("environment").asText() + ", "
                + EnvironmentKind.shown(receipt.path("kind").asText()) + ", "
                + receipt.path("colour").asText() + ") ended "
                + receipt.path("ending").asText());
        // Only a dry run of a restore shows what live would hold; any other shows what it holds.
        String after = receipt.path("mode").asText().equals(RunMode.RESTORE_DRY_RUN.name()) ? "if restored" : "after";
        receipt.path("targets")
                .properties()
                .forEach(target -> lines.add(target(target.getKey(), target.getValue(), after)));
        receipt.path("sources").properties().forEach(source -> lines.add(source(source.getKey(), source.getValue())));
        receipt.path("unmappedFields")
                .properties()
                .forEach(source -> lines.add("  unmapped in " + source.getKey() + ": " + unmapped(source.getValue())));
        if (receipt.at("/caughtUp/bundles").asLong() > 0) {
            lines.add(caughtUp(receipt.path("caughtUp")));
        }
        receipt.path("stages").forEach(stage -> lines.add(stage(stage)));
        if (receipt.has("cutOver")) {
            lines.add(cutOver(receipt.path("cutOver")));
        }
        receipt.path("drift").forEach(drift -> lines.add(drift(drift)));
        receipt.path("quarantine").forEach(bundles -> lines.add(quarantine(bundles)));
        receipt.path("gates").forEach(gate -> {
            if (!gate.path("passed").asBoolean()) {
                lines.add("  gate " + gate.path("name").asText() + " of "
                        + gate.path("subject").asText() + " refused: value "
                        + gate.path("value").asText() + ", limit "
                        + gate.path("limit").asText() + " "
                        + gate.path("detail").asText(""));
            }
        });
        if (receipt.has("snapshot")) {
            lines.add("  snapshot " + receipt.at("/snapshot/id").asText());
        }
        if (receipt.has("error")) {
            lines.add("  error " + receipt.at("/error/name").asText() + ": "
                    + receipt.at("/error/message").asText());
        }
        if (receipt.has("confirm")) {
            lines.add("  confirm " + receipt.path("confirm").asText());
        }
        lines.add("  next " + receipt.path("next").asText());
        return lines;
    }

    private static String target(String name, JsonNode account, String after) {
        return String.format(
                "  target %-20s %,11d before %,11d %s: %,d added, %,d changed, %,d removed, %,d unchanged",
                name,
                account.path("before").asLong(),
                account.path("after").asLong(),
                after,
                account.path("added").asLong(),
                account.path("changed").asLong(),
                account.path("removed").asLong(),
                account.path("unchanged").asLong());
    }

    private static String source(String name, JsonNode account) {
        StringBuilder line = new StringBuilder(String.format(
                "  source %-20s %,11d read = %,d used",
                name, account.path("read").asLong(), account.path("used").asLong()));
        for (String place : List.of("superseded", "quarantined", "unmatched", "withoutKey")) {
            if (account.path(place).asLong() > 0) {
                line.append(String.format(" + %,d %s", account.path(place).asLong(), place));
            }
        }
        account.path("excluded")
                .properties()
                .forEach(rule -> line.append(
                        String.format(" + %,d excluded by %s", rule.getValue().asLong(), rule.getKey())));
        return line.toString();
    }

    private static String caughtUp(JsonNode caughtUp) {
        List<String> sources = new ArrayList<>();
        caughtUp.path("changed")
                .properties()
                .forEach(source ->
                        sources.add(String.format("%,d of %s", source.getValue().asLong(), source.getKey())));
        return String.format(
                "  caught up at %s with %s changed since they were read, %,d bundles mapped anew",
                caughtUp.path("at").asText(),
                String.join(", ", sources),
                caughtUp.path("bundles").asLong());
    }

    private static String unmapped(JsonNode fields) {
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(field.asText()));
        int more = names.size() - UNMAPPED_SHOWN;
        return String.join(", ", names.subList(0, Math.min(names.size(), UNMAPPED_SHOWN)))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String stage(JsonNode stage) {
        return String.format(
                "  stage  %-20s %,11d documents in %,d chunks, %.1f s",
                stage.path("name").asText(),
                stage.path("documents").asLong(),
                stage.path("chunks").asLong(),
                stage.path("seconds").asDouble());
    }

    private static String cutOver(JsonNode cutOver) {
        JsonNode last = cutOver.path("changes").path(cutOver.path("changes").size() - 1);
        return String.format(
                "  cut over at %s, %.3f s with views of different runs",
                last.path("at").asText(), cutOver.path("windowSeconds").asDouble());
    }

    private static String drift(JsonNode drift) {
        return String.format(
                "  drift  %-20s %,d changed, %,d added, %,d removed by others, %,d carried over, such as %s; kept in %s",
                drift.path("target").asText(),
                drift.path("changed").asLong(),
                drift.path("added").asLong(),
                drift.path("removed").asLong(),
                drift.path("carried").asLong(),
                drift.path("exampleKeys"),
                drift.path("collection").asText());
    }

    private static String quarantine(JsonNode bundles) {
        return String.format(
                "  quarantine %,d bundles: %s%s, such as %s",
                bundles.path("count").asLong(),
                bundles.path("reason").asText(),
                bundles.has("field") ? " in " + bundles.path("field").asText() : "",
                bundles.path("exampleKeys"));
    }
}
