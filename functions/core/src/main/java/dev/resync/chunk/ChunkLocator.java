package dev.resync.chunk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.BsonValue;

/** Tells which chunk of a cover a key belongs to. Immutable. */
public final class ChunkLocator {

    private final KeyFamily family;
    private final List<BsonValue> boundaries = new ArrayList<>();
    private final List<Chunk> ranges = new ArrayList<>();
    private final Chunk complement;

    /** @param cover chunks of one cover in the order of their index, the complement last or missing */
    public ChunkLocator(List<Chunk> cover) {
        Chunk last = cover.get(cover.size() - 1);
        complement = last.keys().complement() ? last : null;
        family = last.keys().family();
        for (Chunk chunk : cover) {
            KeyRange keys = chunk.keys();
            if (!keys.complement()) {
                ranges.add(chunk);
                if (keys.from() != null) {
                    boundaries.add(keys.from());
                }
            }
        }
    }

    /** Returns the chunk of a key; null where the key is of another family and the cover has no complement. */
    public Chunk locate(BsonValue key) {
        if (!family.holds(key)) {
            return complement;
        }
        int found = Collections.binarySearch(boundaries, key, family.order());
        return ranges.get(found >= 0 ? found + 1 : -found - 1);
    }
}
