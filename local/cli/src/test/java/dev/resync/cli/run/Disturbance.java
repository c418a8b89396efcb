package dev.resync.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.stage.Stages;
import java.util.List;

/**
 * What happens in the middle of a run of a story about gates, once: right before the first call of a function.
 *
 * @param before name of the function
 * @param documents changes of documents; null for none
 * @param index index that a collection gets; null for none
 * @param minutes how much later it is for the functions from then on; 0 for no later
 */
record Disturbance(String before, List<DocumentChange> documents, NewIndex index, int minutes) {

    Disturbance {
        documents = documents == null ? List.of() : List.copyOf(documents);
        if (!Stages.FUNCTIONS.contains(before)) {
            throw new IllegalArgumentException(
                    "before is " + before + "; expected the name of a function: " + Stages.FUNCTIONS);
        }
        if (minutes < 0 || (documents.isEmpty() && index == null && minutes == 0)) {
            throw new IllegalArgumentException("What happens before " + before
                    + " changes nothing; expected documents, index or minutes above 0.");
        }
    }

    /**
     * An index that a collection gets.
     *
     * @param collection database and collection
     * @param key its fields, such as {@code {"name": 1}}
     */
    record NewIndex(String collection, JsonNode key) {}
}
