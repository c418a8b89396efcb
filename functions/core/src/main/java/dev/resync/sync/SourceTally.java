package dev.resync.sync;

import dev.resync.chunk.KeyPath;
import dev.resync.chunk.SourceAccount;
import dev.resync.mapping.Classified;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.value.SortKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Counts where the documents of one source go before mapping, as in one chunk. For one thread. */
public final class SourceTally {

    /** How much the clock of whoever writes to a source may be ahead. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private long read;
    private long withoutKey;
    private final Map<String, Long> excluded = new TreeMap<>();

    private final SortKey.Factory moments;
    private final KeyPath modified;
    private final Instant latest;
    private Instant newest;

    /**
     * @param zone time zone of local dates
     * @param runStart start of the run; dates later than a few minutes after it say nothing of a source's age
     */
    public SourceTally(SourcePlan source, ZoneId zone, Instant runStart) {
        latest = runStart.plus(CLOCKS_DIFFER);
        moments = new SortKey.Factory(zone);
        modified = source.modifiedField() == null ? null : new KeyPath(source.modifiedField());
    }

    /** Counts a document; returns its transformed key, or null where it is not staged. */
    public BsonValue count(BsonDocument document, Classified classified) {
        read++;
        if (modified != null) {
            age(moments.of(modified.read(document)).moment());
        }
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

    private void age(Instant at) {
        if (at != null && !at.isAfter(latest) && (newest == null || at.isAfter(newest))) {
            newest = at;
        }
    }

    /** Returns when the newest document was changed; empty where none says so. */
    public Optional<Instant> newest() {
        return Optional.ofNullable(newest);
    }

    /** Returns the counts so far; nothing of them is mapped yet. */
    public SourceAccount toAccount() {
        return new SourceAccount(read, withoutKey, excluded, 0, 0, 0, 0);
    }
}
