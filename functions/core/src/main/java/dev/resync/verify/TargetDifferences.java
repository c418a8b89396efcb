package dev.resync.verify;

import java.util.List;

/**
 * How the new view of one target differs from live, field by field.
 *
 * @param target name of the target
 * @param addedKeys keys that only the new view has
 * @param removedKeys keys that only live has
 * @param differing documents of which at least one field differs
 * @param onlyForm documents with the same values in another form: the order of fields, null for missing
 * @param unexamined documents that differ and were not compared field by field, since live has too many bytes in one range
 * @param fields the fields that differ, in the order of their paths
 * @param cutShort whether examples, or fields that no rule writes, were left out to bound the size; counts are never
 */
public record TargetDifferences(
        String target,
        Difference addedKeys,
        Difference removedKeys,
        long differing,
        long onlyForm,
        long unexamined,
        List<FieldDifference> fields,
        boolean cutShort) {

    public TargetDifferences {
        fields = List.copyOf(fields);
    }

    /** Returns the same with this field and those below it; with all of them where the field is null. */
    TargetDifferences only(String field) {
        return new TargetDifferences(
                target,
                addedKeys,
                removedKeys,
                differing,
                onlyForm,
                unexamined,
                fields.stream()
                        .filter(each -> field == null || isIn(each.field(), field))
                        .toList(),
                cutShort);
    }

    private static boolean isIn(String path, String field) {
        return path.equals(field) || path.startsWith(field + ".") || path.startsWith(field + "[]");
    }
}
