package dev.resync.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.mongodb.MongoNamespace;
import dev.resync.plan.Apply;

/**
 * A target as a run sees it.
 *
 * @param name name in the plan
 * @param namespace {@code database.collection} of live
 * @param index position among the run's targets, from 0; part of collection names
 * @param apply how what is built for it becomes live; never null
 * @param lockEpoch fencing number of the target's lock as this run took it, 1 or more; 0 before
 */
public record RunTarget(String name, String namespace, int index, Apply apply, long lockEpoch) {

    public RunTarget {
        // Runs that were recorded before there was a choice.
        apply = apply == null ? Apply.SWAP : apply;
    }

    /** Returns the same target with a lock. */
    public RunTarget locked(long epoch) {
        return new RunTarget(name, namespace, index, apply, epoch);
    }

    /** Returns the namespace of live. */
    @JsonIgnore
    public MongoNamespace live() {
        return new MongoNamespace(namespace);
    }
}
