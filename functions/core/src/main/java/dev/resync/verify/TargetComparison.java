package dev.resync.verify;

import dev.resync.hash.ContentHash;
import java.util.List;

/**
 * How the new view of one target differs from live.
 *
 * @param target name of the target
 * @param live what live held when it was compared
 * @param shadow what the sealed shadow holds, or in a dry run of a restore the snapshot
 * @param added keys that only the new view has
 * @param changed keys whose documents differ in any byte but the place of {@code _id}
 * @param removed keys that only live has
 * @param unchanged keys whose documents are equal
 * @param fields presence of each field that a rule writes
 */
public record TargetComparison(
        String target,
        ContentHash live,
        ContentHash shadow,
        long added,
        long changed,
        long removed,
        long unchanged,
        List<FieldPresence> fields) {

    public TargetComparison {
        fields = List.copyOf(fields);
    }

    /** Returns the main figures in one line. */
    public String described() {
        return target + ": " + added + " added, " + changed + " changed, " + removed + " removed, " + unchanged
                + " unchanged";
    }
}
