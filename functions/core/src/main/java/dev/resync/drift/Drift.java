package dev.resync.drift;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.hash.ContentHash;
import java.time.Instant;
import java.util.List;

/**
 * What others changed in a live collection since the run's snapshot of it.
 *
 * @param collection {@code database.collection} that keeps the changed and added documents as live had them; written once, by
 *     one call, under a name that nobody else knows
 * @param kept count and hash of that collection
 * @param live what live held when it was looked at
 * @param changed documents that differ from the snapshot
 * @param added documents that the snapshot has not
 * @param removed documents that only the snapshot has
 * @param exampleKeys up to five keys, lowest first, as JSON values; none where the plan hides keys, and in a restore
 * @param at when live was looked at
 */
public record Drift(
        String collection,
        ContentHash kept,
        ContentHash live,
        long changed,
        long added,
        long removed,
        List<JsonNode> exampleKeys,
        Instant at) {

    public Drift {
        exampleKeys = exampleKeys == null ? List.of() : List.copyOf(exampleKeys);
    }

    /** Returns the number of documents that drifted. */
    @JsonIgnore
    public long documents() {
        return changed + added + removed;
    }

    @Override
    public String toString() {
        return changed + " documents changed, " + added + " added and " + removed
                + " removed by others since the snapshot, such as " + exampleKeys + "; what live had is kept in "
                + collection;
    }
}
