package dev.resync.shadow;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.SourceAccount;
import dev.resync.chunk.UnmappedFieldNames;
import dev.resync.verify.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of bundles in all.
 *
 * @param bundles bundles with a driving document: mapped and quarantined
 * @param sources account of each source, by name
 * @param ruleHits how many bundles each mapping rule gave a value, in the order of the mapper's rules
 * @param unmappedFields fields that the plan names nowhere, by source, see {@link UnmappedFieldNames}
 */
public record MappedTotals(
        long bundles,
        Map<String, SourceAccount> sources,
        List<Long> ruleHits,
        Map<String, List<String>> unmappedFields) {

    public MappedTotals {
        sources = sources == null ? Map.of() : Map.copyOf(sources);
        ruleHits = ruleHits == null ? List.of() : List.copyOf(ruleHits);
        unmappedFields = unmappedFields == null ? Map.of() : Map.copyOf(unmappedFields);
    }

    /**
     * Returns the sum over the chunks of a run.
     *
     * @param synced all sync chunks, done
     * @param mapped all map chunks, done, at least one
     * @throws dev.resync.error.AccountingMismatch where a document is not accounted for
     */
    public static MappedTotals of(String run, List<Chunk> synced, List<Chunk> mapped) {
        long bundles = 0;
        List<Long> hits = new ArrayList<>();
        for (Chunk chunk : mapped) {
            bundles += chunk.result().documents();
            hits = sum(hits, chunk.result().ruleHits(), 1);
        }
        return new MappedTotals(
                bundles,
                Accounts.balanced(run, synced, mapped),
                hits,
                UnmappedFieldNames.of(mapped).bySource());
    }

    /**
     * Returns these totals with some bundles mapped anew. Fields that no document has any more stay listed: no document says
     * which of them it was the only one to have.
     *
     * @param before what came of those bundles before
     * @param after what comes of them now
     */
    public MappedTotals with(MappedTotals before, MappedTotals after) {
        UnmappedFieldNames names = new UnmappedFieldNames();
        List.of(unmappedFields, after.unmappedFields)
                .forEach(
                        some -> some.forEach((source, found) -> names.of(source).addAll(found)));
        return new MappedTotals(
                bundles - before.bundles + after.bundles,
                Accounts.with(sources, before.sources, after.sources),
                sum(sum(ruleHits, before.ruleHits, -1), after.ruleHits, 1),
                names.bySource());
    }

    private static List<Long> sum(List<Long> one, List<Long> other, int sign) {
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            sum.add((i < one.size() ? one.get(i) : 0) + sign * (i < other.size() ? other.get(i) : 0));
        }
        return sum;
    }
}
