package dev.resync.plan;

import java.util.List;

/**
 * Where a source keeps its key and how that becomes the plan's key.
 *
 * @param field dotted path in the source document; never null
 * @param type type of the raw key; a key of another type is no key
 * @param transform steps from the raw key to the plan's key, in order; may be empty
 */
public record KeyRule(String field, KeyType type, List<KeyTransform> transform) {
    public KeyRule {
        transform = List.copyOf(transform);
    }
}
