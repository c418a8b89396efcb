package dev.resync.trial;

import dev.resync.chunk.SourceAccount;
import dev.resync.mapping.MappingProblem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * What a trial came to.
 *
 * @param targets documents by target name, in plan order, each list ascending by key; every target of the plan has a list
 * @param quarantine bundles that could not be mapped, ascending by key
 * @param accounts where the documents of each source went; every source of the plan has one, and each is balanced
 * @param ruleHits by rule id, in plan order: number of bundles that the rule found a value for
 * @param unmapped by source name, ascending: dotted paths of fields that nothing in the plan names; sources without such
 *     fields are missing
 */
public record TrialResult(
        Map<String, List<BsonDocument>> targets,
        List<QuarantinedKey> quarantine,
        Map<String, SourceAccount> accounts,
        Map<String, Long> ruleHits,
        Map<String, List<String>> unmapped) {
    public TrialResult {
        // Not Map.copyOf, which forgets the order.
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        quarantine = List.copyOf(quarantine);
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
        ruleHits = Collections.unmodifiableMap(new LinkedHashMap<>(ruleHits));
        unmapped = Collections.unmodifiableMap(new LinkedHashMap<>(unmapped));
    }

    /**
     * A bundle that could not be mapped.
     *
     * @param key the plan's key; never null
     * @param problems why, in plan order; at least one
     */
    public record QuarantinedKey(BsonValue key, List<MappingProblem> problems) {
        public QuarantinedKey {
            problems = List.copyOf(problems);
        }
    }
}
