package dev.resync.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.mongodb.MongoNamespace;

/**
 * A target as a run sees it.
 *
 * @param name name in the plan
 * @param namespace {@code database.collection} of live
 * @param index position among the run's targets, from 0; part of collection names
 * @param lockEpoch fencing number of the target's lock as this run took it, 1 or more; 0 before
 */
public record RunTarget(String name, String namespace, int index, long lockEpoch) {

    /** Returns the namespace of live. */
    @JsonIgnore
    public MongoNamespace live() {
        return new MongoNamespace(namespace);
    }
}
