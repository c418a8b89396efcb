package dev.resync.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How often one thing differs between live and the new view.
 *
 * @param count how often, from 0
 * @param examples of the lowest keys, at most three
 */
public record Difference(long count, List<Example> examples) {

    public Difference {
        examples = List.copyOf(examples);
    }

    /**
     * One of them. What is long is cut short, and {@link dev.resync.plan.Sensitivity#HIDDEN} stands for what the plan hides.
     *
     * @param key key of the document as JSON
     * @param before value in live as text; null where there is none
     * @param after value in the new view as text; null where there is none
     */
    public record Example(JsonNode key, String before, String after) {}
}
