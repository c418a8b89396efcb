package dev.resync.close;

import java.util.List;

/**
 * Which targets of a run were replaced, as journal and names show after all its shadows were moved away.
 *
 * @param cut names of targets whose live collection was replaced, ordered by namespace
 * @param uncut names of targets whose live collection is as it was
 */
record CutState(List<String> cut, List<String> uncut) {

    boolean none() {
        return cut.isEmpty();
    }

    boolean all() {
        return uncut.isEmpty() && !cut.isEmpty();
    }
}
