package dev.resync.sync;

import dev.resync.chunk.SourceAccount;
import dev.resync.mapping.Classified;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonValue;

/** Counts where the documents of one source go before mapping, as in one chunk. For one thread. */
public final class SourceTally {

    private long read;
    private long withoutKey;
    private final Map<String, Long> excluded = new TreeMap<>();

    /** Counts a document; returns its transformed key, or null where it is not staged. */
    public BsonValue count(Classified classified) {
        read++;
        if (classified instanceof Classified.Keyed keyed) {
            return keyed.key();
        }
        if (classified instanceof Classified.Excluded out) {
            excluded.merge(out.rule(), 1L, Long::sum);
        } else {
            withoutKey++;
        }
        return null;
    }

    /** Returns the counts so far; nothing of them is mapped yet. */
    public SourceAccount toAccount() {
        return new SourceAccount(read, withoutKey, excluded, 0, 0, 0, 0);
    }
}
