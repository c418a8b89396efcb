package dev.resync.cli.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resync.plan.Cardinality;
import dev.resync.plan.Duplicates;
import dev.resync.plan.ExclusionRule;
import dev.resync.plan.FieldTest;
import dev.resync.plan.KeyTest;
import dev.resync.plan.KeyTransform;
import dev.resync.plan.Sensitivity;
import dev.resync.plan.SourcePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.BsonValue;

/**
 * What a plan says about one source. The JSON has these names.
 *
 * @param name short name in the plan
 * @param namespace database and collection
 * @param key path of the key field
 * @param keyType type of the raw key
 * @param transform steps from the raw key to the plan's key; may be empty
 * @param cardinality {@code one}, {@code latest} or {@code many}
 * @param latestBy field that tells which document is the latest; null for none
 * @param identity field on which all documents of a key must agree; null for none
 * @param duplicates what duplicates mean; null where the source knows none
 * @param modifiedField field that says when a document was last changed; null for none
 * @param sensitive what is hidden of it, as {@link Sensitivity#fieldsOf} has it; may be empty
 * @param drives whether its documents make rows
 * @param exclude which documents are left out and why; may be empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SourceExplanation(
        String name,
        String namespace,
        String key,
        String keyType,
        List<String> transform,
        String cardinality,
        String latestBy,
        String identity,
        String duplicates,
        String modifiedField,
        List<String> sensitive,
        boolean drives,
        List<Excluded> exclude) {

    /**
     * Documents that are left out.
     *
     * @param rule name under which they are counted
     * @param reason why
     * @param claims which documents these are
     */
    record Excluded(String rule, String reason, String claims) {}

    static SourceExplanation of(SourcePlan source, Sensitivity sensitivity) {
        boolean knowsDuplicates = source.cardinality() == Cardinality.ONE || source.identity() != null;
        return new SourceExplanation(
                source.name(),
                source.namespace().getFullName(),
                source.key().field(),
                source.key().type().jsonName(),
                source.key().transform().stream().map(SourceExplanation::text).toList(),
                source.cardinality().name().toLowerCase(Locale.ROOT),
                source.latestBy(),
                source.identity(),
                knowsDuplicates ? (source.duplicates() == Duplicates.LATEST ? "latest" : "quarantine") : null,
                source.modifiedField(),
                sensitivity.fieldsOf(source.name()),
                source.drives(),
                source.exclude().stream()
                        .map(rule -> new Excluded(rule.rule(), rule.reason(), claims(rule)))
                        .toList());
    }

    private static String text(KeyTransform step) {
        if (step instanceof KeyTransform.PadStart pad) {
            return "padStart " + pad.length() + " with " + pad.with();
        }
        if (step instanceof KeyTransform.ToText) {
            return "toString";
        }
        return step instanceof KeyTransform.ToNumber
                ? "toNumber"
                : step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String claims(ExclusionRule rule) {
        return rule.key() != null ? "key " + keyTest(rule.key()) : rule.where().field() + " " + fieldTest(rule.where());
    }

    private static String keyTest(KeyTest test) {
        List<String> any = new ArrayList<>();
        if (!test.in().isEmpty()) {
            any.add("is " + list(test.in()));
        }
        if (test.contains() != null) {
            any.add("contains " + escaped(test.contains()));
        }
        addIf(any, test.blank(), "is blank");
        addIf(any, test.isNull(), "is null");
        addIf(any, test.missing(), "is missing");
        addIf(any, test.wrongType(), "is of another type");
        return String.join(", ", any) + (test.ignoreCase() ? " (any case)" : "");
    }

    private static String fieldTest(FieldTest test) {
        List<String> any = new ArrayList<>();
        addIf(any, test.in() != null, "is " + list(test.in()));
        addIf(any, test.notIn() != null, "is anything but " + list(test.notIn()));
        addIf(any, test.isNull(), "is null or missing");
        return String.join(", ", any) + (test.ignoreCase() ? " (any case)" : "");
    }

    private static void addIf(List<String> list, boolean condition, String text) {
        if (condition) {
            list.add(text);
        }
    }

    private static String list(List<BsonValue> values) {
        return values == null ? "" : BsonText.anyOf(values);
    }

    /** Returns the text with what nobody would see written as an escape. */
    private static String escaped(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.chars().forEach(c -> {
            boolean visible = c == ' ' || !(Character.isSpaceChar(c) || Character.isISOControl(c) || c == '\u200B');
            shown.append(visible ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\u%04x", c));
        });
        return shown.append('"').toString();
    }
}
