package dev.resync.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * A change of documents in a story about gates: one of update, delete and insert.
 *
 * @param collection database and collection, or, in a restore, {@code snapshot of <target>}: the copy that is brought back
 * @param filter which documents; null for all
 * @param share how many of those, the first by {@code _id}, 0 to 1; null for all
 * @param update MongoDB update, such as {@code {"$rename": {"lat": "latitude"}}}; null for none
 * @param delete whether they are deleted
 * @param insert documents to insert; null for none
 */
record DocumentChange(
        String collection, JsonNode filter, Double share, JsonNode update, boolean delete, List<JsonNode> insert) {

    DocumentChange {
        long kinds = Stream.of(update != null, delete, insert != null)
                .filter(each -> each)
                .count();
        if (collection == null || kinds != 1) {
            throw new IllegalArgumentException("A change of documents of " + collection + " says " + kinds
                    + " of update, delete and insert; expected a collection and one of them.");
        }
        if (insert != null && (filter != null || share != null)) {
            throw new IllegalArgumentException(
                    "An insert into " + collection + " has a filter or a share; expected neither.");
        }
    }
}
