package dev.resync.cutover;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.mongodb.MongoNamespace;
import dev.resync.hash.ContentHash;
import dev.resync.plan.Apply;
import java.time.Instant;
import java.util.List;

/**
 * One target's line in the journal of a cut-over.
 *
 * @param id {@code runId/epoch/target}
 * @param run id of the run
 * @param epoch epoch of the cut-over
 * @param fence epoch in which the line may be changed; raised when the run is closed
 * @param target name of the target
 * @param live {@code database.collection} that is replaced, changed in place or dropped
 * @param apply whether it is changed in place; never null
 * @param shadow {@code database.collection} of the sealed shadow; null where live is dropped
 * @param displaced {@code database.collection} that live is renamed to where it is dropped; null where it is replaced
 * @param identity UUID of the collection that is renamed, the shadow or a live one that is dropped, which it keeps, or of a
 *     live one that is changed in place; null where the server gives none or live is missing
 * @param content what the shadow holds, or a live collection that is dropped, as the run's snapshot has it; null where that
 *     one is missing already
 * @param expiringIndexes TTL indexes that live is to have in the end, each as extended JSON; empty where live is dropped
 * @param step how far the target is
 * @param renamingAt when its rename, or the first write in place, may have begun at the earliest; null before
 * @param renamedAt when live was seen to be replaced, dropped or written in full; null before
 */
public record JournalEntry(
        @JsonProperty("_id") String id,
        String run,
        long epoch,
        long fence,
        String target,
        String live,
        Apply apply,
        String shadow,
        String displaced,
        String identity,
        ContentHash content,
        List<String> expiringIndexes,
        JournalStep step,
        Instant renamingAt,
        Instant renamedAt) {

    public JournalEntry {
        // Lines that were written before there was a choice.
        apply = apply == null ? Apply.SWAP : apply;
        expiringIndexes = expiringIndexes == null ? List.of() : List.copyOf(expiringIndexes);
    }

    /** Returns where the sealed shadow is; must not be asked where live is to be dropped. */
    @JsonIgnore
    public MongoNamespace shadowNamespace() {
        return new MongoNamespace(shadow);
    }

    /** Returns whether documents are written into live, which stays the collection that it is. */
    @JsonIgnore
    public boolean inPlace() {
        return apply == Apply.IN_PLACE;
    }

    /** Returns whether live is dropped rather than replaced. */
    @JsonIgnore
    public boolean drops() {
        return displaced != null;
    }

    /** Returns where live is renamed to; must not be asked where it is replaced. */
    @JsonIgnore
    public MongoNamespace displacedNamespace() {
        return new MongoNamespace(displaced);
    }

    /** Returns where live is. */
    @JsonIgnore
    public MongoNamespace liveNamespace() {
        return new MongoNamespace(live);
    }
}
