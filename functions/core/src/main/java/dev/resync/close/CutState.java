package dev.resync.close;

import java.util.List;

/**
 * Which targets of a run were replaced, as journal and names show after all its shadows were moved away.
 *
 * @param cut names of targets whose live collection was replaced, ordered by namespace
 * @param uncut names of targets whose live collection is as it was
 * @param unclear names of targets whose shadow is gone although live does not hold what it held
 */
public record CutState(List<String> cut, List<String> uncut, List<String> unclear) {

    /** Returns whether no live collection was replaced. */
    public boolean none() {
        return cut.isEmpty() && unclear.isEmpty();
    }

    /** Returns whether every live collection was replaced. */
    public boolean all() {
        return uncut.isEmpty() && unclear.isEmpty() && !cut.isEmpty();
    }
}
