package dev.resync.plan.value;

import java.time.ZoneId;
import java.util.List;

/**
 * How a rule reads and writes dates.
 *
 * @param zone time zone of local dates and times; never null
 * @param inputFormats patterns to read besides those that are always read; may be empty
 * @param format pattern to write; null for the default of the type
 * @param asBsonDate whether to write a BSON date in place of text
 */
public record DateForm(ZoneId zone, List<String> inputFormats, String format, boolean asBsonDate) {
    public DateForm {
        inputFormats = List.copyOf(inputFormats);
    }
}
