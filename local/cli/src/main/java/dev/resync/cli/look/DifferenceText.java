package dev.resync.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.verify.Difference;
import dev.resync.verify.Difference.Example;
import dev.resync.verify.DifferenceReport;
import dev.resync.verify.FieldDifference;
import dev.resync.verify.TargetDifferences;
import java.util.ArrayList;
import java.util.List;

/** Words a difference report for people. */
final class DifferenceText {

    private static final String ROW = "  %-44s %,12d %,12d %,12d";

    private DifferenceText() {}

    static List<String> of(DifferenceReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.runId() + ", compared with live at " + report.at());
        report.targets().forEach(target -> add(target, lines));
        report.unmappedFields()
                .forEach((source, fields) -> lines.add("unmapped in " + source + ": " + String.join(", ", fields)));
        return lines.stream().map(DifferenceText::onOneLine).toList();
    }

    private static void add(TargetDifferences target, List<String> lines) {
        lines.add("");
        lines.add("%s: %,d keys added, %,d removed; %,d documents differ%s%s"
                .formatted(
                        target.target(),
                        target.addedKeys().count(),
                        target.removedKeys().count(),
                        target.differing(),
                        target.onlyForm() == 0 ? "" : ", %,d in their form alone".formatted(target.onlyForm()),
                        target.unexamined() == 0 ? "" : ", %,d not looked into".formatted(target.unexamined())));
        addKeys("added", target.addedKeys(), lines);
        addKeys("removed", target.removedKeys(), lines);
        if (!target.fields().isEmpty()) {
            lines.add("  %-44s %12s %12s %12s".formatted("FIELD", "CHANGED", "ADDED", "LOST"));
        }
        for (FieldDifference field : target.fields()) {
            lines.add(ROW.formatted(
                    field.field(),
                    field.changed().count(),
                    field.added().count(),
                    field.lost().count()));
            List.of(field.changed(), field.added(), field.lost())
                    .forEach(difference ->
                            difference.examples().forEach(example -> lines.add("      " + example(example))));
        }
        if (target.cutShort()) {
            lines.add("  Not all examples, or fields without a rule, are shown; all are counted.");
        }
    }

    private static void addKeys(String what, Difference keys, List<String> lines) {
        if (!keys.examples().isEmpty()) {
            List<String> examples =
                    keys.examples().stream().map(example -> text(example.key())).toList();
            lines.add("  %s, such as %s".formatted(what, String.join(", ", examples)));
        }
    }

    private static String example(Example example) {
        return text(example.key()) + ": " + quoted(example.before()) + " -> " + quoted(example.after());
    }

    private static String text(JsonNode key) {
        return key.isTextual() ? key.textValue() : key.toString();
    }

    private static String quoted(String value) {
        return value == null ? "none" : "'" + value + "'";
    }

    /** Values and names come from documents and may hold anything. */
    private static String onOneLine(String line) {
        return line.replaceAll("\\p{Cntrl}", " ");
    }
}
