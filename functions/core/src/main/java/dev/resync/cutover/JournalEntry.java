package dev.resync.cutover;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.mongodb.MongoNamespace;
import dev.resync.hash.ContentHash;
import java.time.Instant;

/**
 * One target's line in the journal of a cut-over.
 *
 * @param id {@code runId/epoch/target}
 * @param run id of the run
 * @param epoch epoch of the cut-over
 * @param fence epoch in which the line may be changed; raised when the run is closed
 * @param target name of the target
 * @param live {@code database.collection} that is replaced
 * @param shadow {@code database.collection} of the sealed shadow
 * @param identity UUID of the shadow, which live has after the rename; null where the server gives none
 * @param content what the shadow holds
 * @param step how far the target is
 * @param renamedAt when live was seen to be replaced; null before
 */
public record JournalEntry(
        @JsonProperty("_id") String id,
        String run,
        long epoch,
        long fence,
        String target,
        String live,
        String shadow,
        String identity,
        ContentHash content,
        JournalStep step,
        Instant renamedAt) {

    /** Returns where the sealed shadow is; must not be asked where live is to be dropped. */
    @JsonIgnore
    public MongoNamespace shadowNamespace() {
        return new MongoNamespace(shadow);
    }

    /** Returns where live is. */
    @JsonIgnore
    public MongoNamespace liveNamespace() {
        return new MongoNamespace(live);
    }
}
