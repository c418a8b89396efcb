package dev.resync.cli.plan;

import dev.resync.cli.plan.SourceExplanation.Excluded;
import dev.resync.plan.Sensitivity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An explanation as lines for people, none longer than {@value #WIDTH} characters but for reasons. */
final class ExplanationText {

    static final int WIDTH = 120;

    /** So that what the fields come from has room beside them. */
    private static final int LONGEST_PATH = 34;

    private static final String HIDDEN = ", hidden";

    private ExplanationText() {}

    static List<String> of(PlanExplanation explained) {
        List<String> lines = new ArrayList<>();
        lines.add("Plan " + explained.plan() + ", keys of type " + explained.keyType()
                + (explained.keySensitive() ? HIDDEN : "") + ", time zone " + explained.timeZone());
        lines.add("hash " + explained.hash());
        explained.sources().forEach(source -> addSource(source, lines));
        explained.targets().forEach(target -> addTarget(target, lines));
        addGates(explained.gates(), lines);
        return lines;
    }

    private static void addSource(SourceExplanation source, List<String> lines) {
        lines.add("");
        lines.add("source " + source.name() + " (" + source.namespace() + "): key " + source.key() + " of type "
                + source.keyType()
                + (source.transform().isEmpty() ? "" : ", " + String.join(", ", source.transform())));
        lines.add("  " + documents(source) + (source.drives() ? "; makes rows" : "; makes no rows of its own"));
        if (source.modifiedField() != null) {
            lines.add("  " + source.modifiedField() + " says when a document was changed; catches up before cut-over");
        }
        if (!source.sensitive().isEmpty()) {
            lines.add(Columns.cut("  hides " + hidden(source.sensitive()), WIDTH));
        }
        for (Excluded excluded : source.exclude()) {
            lines.add("  leaves out as " + excluded.rule() + ": " + excluded.claims());
            lines.add("    " + excluded.reason());
        }
    }

    private static String hidden(List<String> sensitive) {
        List<String> parts = new ArrayList<>();
        String paths = joined(sensitive, false);
        String names = joined(sensitive, true);
        if (!paths.isEmpty()) {
            parts.add(paths);
        }
        if (!names.isEmpty()) {
            parts.add("any field named " + names);
        }
        return String.join("; ", parts);
    }

    private static String joined(List<String> sensitive, boolean anywhere) {
        return sensitive.stream()
                .filter(field -> field.startsWith(Sensitivity.ANYWHERE) == anywhere)
                .map(field -> anywhere ? field.substring(Sensitivity.ANYWHERE.length()) : field)
                .collect(Collectors.joining(", "));
    }

    private static String documents(SourceExplanation source) {
        String duplicates = source.duplicates() == null
                ? ""
                : source.duplicates().equals("latest")
                        ? ", else the latest by " + source.latestBy()
                        : ", else quarantine";
        return switch (source.cardinality()) {
            case "one" -> "one document of a key" + duplicates;
            case "latest" -> "of a key the document that is the latest by " + source.latestBy();
            default ->
                "all documents of a key"
                        + (source.identity() == null ? "" : ", of one " + source.identity() + duplicates);
        };
    }

    private static void addTarget(PlanExplanation.Target target, List<String> lines) {
        String below = embedding(target.fields());
        lines.add("");
        lines.add("target " + target.name() + " (" + target.namespace() + "): _id is the key"
                + (below.isEmpty() ? "" : ", all fields below " + below));
        Columns columns = new Columns(WIDTH);
        columns.add("  FIELD", "TYPE", "OWNER", "ON NULL", "FROM");
        target.fields()
                .forEach(field -> columns.add(
                        "  " + shortened(field.path().substring(below.length() + (below.isEmpty() ? 0 : 1))),
                        field.type() + format(field) + (field.sensitive() ? HIDDEN : ""),
                        field.owner(),
                        field.onNull(),
                        from(field)));
        lines.addAll(columns.lines());
    }

    /** Returns the embedded document that holds all fields; empty where there is none. */
    private static String embedding(List<FieldExplanation> fields) {
        String first = fields.get(0).path();
        if (!first.contains(".")) {
            return "";
        }
        String below = first.substring(0, first.lastIndexOf('.'));
        return fields.stream().allMatch(field -> field.path().startsWith(below + ".")) ? below : "";
    }

    /** Returns the path without its first steps where it is too long; the last one tells the field. */
    private static String shortened(String path) {
        String shown = path;
        while (shown.length() > LONGEST_PATH && shown.indexOf('.', 2) > 0) {
            shown = "…" + shown.substring(shown.indexOf('.', 2));
        }
        return Columns.cut(shown, LONGEST_PATH);
    }

    /** Returns the format of a date where it is not the usual one. */
    private static String format(FieldExplanation field) {
        return field.format() == null || field.format().startsWith("yyyy-MM-dd") ? "" : " " + field.format();
    }

    private static String from(FieldExplanation field) {
        List<String> parts = new ArrayList<>();
        parts.add(String.join(", ", field.from()));
        if (field.onUnknown() != null) {
            parts.add("others: " + field.onUnknown());
        }
        field.notes().stream()
                .filter(note -> !note.equals(FieldExplainer.USUAL))
                .forEach(parts::add);
        return String.join("; ", parts);
    }

    private static void addGates(List<GateLimit> gates, List<String> lines) {
        lines.add("");
        if (gates.isEmpty()) {
            lines.add("gates: all limits as by default");
            return;
        }
        lines.add("gates whose limits are not the default");
        Columns columns = new Columns(WIDTH);
        gates.forEach(gate -> columns.add(
                "  " + gate.gate(),
                Columns.cut(gate.value().toString(), 60),
                gate.defaultValue() == null ? "" : "default " + gate.defaultValue()));
        lines.addAll(columns.lines());
    }
}
