package dev.resync.close;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which targets of a run were replaced or dropped, as journal and names show after nothing can be renamed any more.
 *
 * @param cut names of targets whose live collection was replaced or written in full, or is missing where it was to be dropped
 * @param half names of targets whose live collection may hold old and new documents
 * @param uncut names of targets whose live collection is as it was
 * @param unclear names of targets whose shadow is gone although live does not hold what it held
 */
public record CutState(List<String> cut, List<String> half, List<String> uncut, List<String> unclear) {

    /** Returns whether no live collection was replaced, written to or dropped. */
    public boolean none() {
        return changed().isEmpty() && unclear.isEmpty();
    }

    /** Returns whether every live collection was replaced, written in full or dropped. */
    public boolean all() {
        return half.isEmpty() && uncut.isEmpty() && unclear.isEmpty() && !cut.isEmpty();
    }

    /** Returns the names of the targets that have to go back where not all of them may stay. */
    public List<String> changed() {
        return Stream.concat(cut.stream(), half.stream()).toList();
    }
}
