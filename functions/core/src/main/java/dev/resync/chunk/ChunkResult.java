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
 */
public record ChunkResult(
        long documents,
        Map<String, ContentHash> written,
        Map<String, SourceAccount> sources,
        Map<String, Instant> newest,
        List<Long> ruleHits) {

    public ChunkResult {
        written = written == null ? Map.of() : Map.copyOf(written);
        sources = sources == null ? Map.of() : Map.copyOf(sources);
        newest = newest == null ? Map.of() : Map.copyOf(newest);
        ruleHits = ruleHits == null ? List.of() : List.copyOf(ruleHits);
    }
}
