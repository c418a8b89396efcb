package dev.resync.chunk;

import dev.resync.hash.ContentHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a finished chunk says of itself.
 *
 * @param documents documents handled, for progress and receipts
 * @param written content of this chunk in each collection that it wrote, by collection key
 * @param sources account of each source, by name; empty where the stage reads no source
 * @param newest when the newest document of each source was changed, by name; without sources that do not say so, and empty
 *     where the stage reads no source
 * @param ruleHits how many documents each mapping rule gave a value, in the order of the mapper's rules; empty elsewhere
 * @param unmappedFields fields that the plan names nowhere, by source, see {@link UnmappedFieldNames}; empty where the stage
 *     maps nothing
 */
public record ChunkResult(
        long documents,
        Map<String, ContentHash> written,
        Map<String, SourceAccount> sources,
        Map<String, Instant> newest,
        List<Long> ruleHits,
        Map<String, List<String>> unmappedFields) {

    public ChunkResult {
        written = written == null ? Map.of() : Map.copyOf(written);
        sources = sources == null ? Map.of() : Map.copyOf(sources);
        newest = newest == null ? Map.of() : Map.copyOf(newest);
        ruleHits = ruleHits == null ? List.of() : List.copyOf(ruleHits);
        unmappedFields = unmappedFields == null ? Map.of() : Map.copyOf(unmappedFields);
    }

    /** Returns the result of a chunk that maps nothing. */
    public ChunkResult(
            long documents,
            Map<String, ContentHash> written,
            Map<String, SourceAccount> sources,
            Map<String, Instant> newest,
            List<Long> ruleHits) {
        this(documents, written, sources, newest, ruleHits, Map.of());
    }
}
