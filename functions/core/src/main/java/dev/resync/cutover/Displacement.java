package dev.resync.cutover;

import com.mongodb.MongoNamespace;
import dev.resync.store.MongoStore;

/** Proves that a live collection was dropped by its rename, rather than taking its absence for it. */
public final class Displacement {

    private final MongoStore store;

    public Displacement(MongoStore store) {
        this.store = store;
    }

    /**
     * Returns whether the displaced name holds what was live, rather than the empty collection that a closing puts there, or
     * nothing. To be asked once the name is taken.
     *
     * <p>No content is compared: nobody writes to the displaced name, so a document in it was live's, whoever put it there
     * before the rename and however many a TTL index has removed since.
     */
    public boolean of(JournalEntry entry) {
        MongoNamespace displaced = entry.displacedNamespace();
        if (!store.exists(displaced)) {
            return false;
        }
        if (store.raw(displaced).find().first() != null) {
            return true;
        }
        // Live was empty, or this is the placeholder.
        boolean wasLive = entry.identity() != null
                && store.identity(displaced).filter(entry.identity()::equals).isPresent();
        boolean liveIsGone = entry.content() != null && !store.exists(entry.liveNamespace());
        return wasLive || liveIsGone;
    }
}
