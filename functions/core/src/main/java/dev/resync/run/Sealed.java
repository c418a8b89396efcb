package dev.resync.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.mongodb.MongoNamespace;
import dev.resync.hash.ContentHash;

/**
 * A collection that no chunk writer can reach any more.
 *
 * @param namespace {@code database.collection} of the sealed name
 * @param content what it held when it was sealed, proven by reading it
 */
public record Sealed(String namespace, ContentHash content) {

    /** Returns where the sealed collection is. */
    @JsonIgnore
    public MongoNamespace where() {
        return new MongoNamespace(namespace);
    }
}
