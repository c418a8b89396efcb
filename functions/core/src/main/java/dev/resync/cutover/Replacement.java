package dev.resync.cutover;

import com.mongodb.MongoNamespace;
import dev.resync.hash.HashSum;
import dev.resync.store.MongoStore;

/** Proves that a shadow that is gone has become live, rather than taking its absence for it. */
public final class Replacement {

    private final MongoStore store;

    public Replacement(MongoStore store) {
        this.store = store;
    }

    /** What can be said of a shadow that is gone. */
    public enum Proof {
        /** Live is the very collection that was the shadow. */
        REPLACED,
        /** Live is another collection. */
        NOT_REPLACED,
        /** Live is changed in place, and may hold old and new documents. */
        HALF,
        /** Live was to be dropped and was missing already. */
        NOTHING_TO_REPLACE,
        /** The server gives collections no identity, and live does not hold what the shadow held. */
        UNCLEAR
    }

    /** Looks at live; must only be asked once the shadow can no longer be renamed. */
    public Proof of(JournalEntry entry) {
        String live = store.identity(entry.liveNamespace()).orElse(null);
        if (live != null && entry.identity() != null) {
            return live.equals(entry.identity()) ? Proof.REPLACED : Proof.NOT_REPLACED;
        }
        return holds(entry.liveNamespace(), entry) ? Proof.REPLACED : Proof.UNCLEAR;
    }

    private boolean holds(MongoNamespace live, JournalEntry entry) {
        return HashSum.of(store.scan(live)).equals(entry.content());
    }
}
