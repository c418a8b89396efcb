package dev.resync.close;

import java.util.List;

/**
 * Which targets of a run were replaced or dropped, as journal and names show after nothing can be renamed any more.
 *
 * @param cut names of targets whose live collection was replaced, or is missing where it was to be dropped
 * @param uncut names of targets whose live collection is as it was
 * @param unclear names of targets whose shadow is gone although live does not hold what it held
 */
public record CutState(List<String> cut, List<String> uncut, List<String> unclear) {

    /** Returns whether no live collection was replaced or dropped. */
    public boolean none() {
        return cut.isEmpty() && unclear.isEmpty();
    }

    /** Returns whether every live collection was replaced or dropped. */
    public boolean all() {
        return uncut.isEmpty() && unclear.isEmpty() && !cut.isEmpty();
    }
}
