package dev.resync.mapping;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/** What became of a bundle. */
public sealed interface MappingResult {

    /**
     * The bundle has one document for each target.
     *
     * @param documents documents by target name, in plan order, with {@code _id} first
     * @param used number of documents that counted, by source; sources without documents are missing
     * @param superseded number of documents that a later one replaced, by source; sources without are missing
     * @param hits positions in {@link BundleMapper#ruleIds()} of the rules that found a value in a source
     */
    record Mapped(
            Map<String, BsonDocument> documents,
            Map<String, Integer> used,
            Map<String, Integer> superseded,
            BitSet hits)
            implements MappingResult {}

    /**
     * The bundle could not be mapped, for at least one target; none gets a document of it.
     *
     * @param problems what was wrong, in plan order; at least one, at most {@link #MOST_PROBLEMS}
     */
    record Quarantined(List<MappingProblem> problems) implements MappingResult {

        /** Most problems that are told of one bundle. */
        public static final int MOST_PROBLEMS = 50;
    }

    /** No driving source has the key. */
    record Unmatched() implements MappingResult {}
}
