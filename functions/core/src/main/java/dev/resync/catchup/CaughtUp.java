package dev.resync.catchup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.resync.shadow.MappedTotals;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was changed in the sources since they were read, and is in the new view nevertheless.
 *
 * @param at when the sources were looked at again
 * @param changed documents that were added or changed, by source; without sources that had none
 * @param replaced older versions of them that had been read before and count as superseded, by source; without sources that had
 *     none
 * @param bundles bundles that were mapped anew
 * @param totals what came of all bundles of the run, these included
 */
public record CaughtUp(
        Instant at, Map<String, Long> changed, Map<String, Long> replaced, long bundles, MappedTotals totals) {

    public CaughtUp {
        // By name, so that the same account always reads the same.
        changed = changed == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(changed));
        replaced = replaced == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(replaced));
    }

    /** Returns the number of documents that were added or changed. */
    @JsonIgnore
    public long documents() {
        return changed.values().stream().mapToLong(Long::longValue).sum();
    }
}
