package dev.resync.cli.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How one field of a target gets its value. The JSON has these names.
 *
 * @param path path in the target; fields of array elements as {@code cities[].lat}
 * @param type type as the plan names it, or {@code array}
 * @param format how a date is written; null for other types
 * @param owner who has the final say: the first source that may give a value; {@code key}, {@code run} (its start),
 *     {@code plan} (a constant) or {@code expression} where it is no source
 * @param from where the value comes from, in order of precedence
 * @param notes what else happens to it: blank text, several documents, other forms of dates; may be empty
 * @param onNull what becomes of a field without a value: {@code null}, {@code omitted}, {@code quarantine}, {@code default …},
 *     {@code []}, {@code 0} or {@code never}
 * @param sensitive whether its values are shown nowhere, by its own rule or for what it reads
 * @param onUnknown what becomes of a value outside the enum: {@code quarantine}, or what it becomes; null without enum
 * @param values the enum, each as {@code source value} or {@code source value → target value}, ascending; null without enum
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FieldExplanation(
        String path,
        String type,
        String format,
        String owner,
        List<String> from,
        List<String> notes,
        String onNull,
        boolean sensitive,
        String onUnknown,
        List<String> values) {

    FieldExplanation {
        from = List.copyOf(from);
        notes = List.copyOf(notes);
        values = values == null ? null : List.copyOf(values);
    }
}
