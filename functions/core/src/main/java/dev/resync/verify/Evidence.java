package dev.resync.verify;

import dev.resync.catchup.CaughtUp;
import dev.resync.chunk.SourceAccount;
import dev.resync.drift.Drift;
import dev.resync.plan.GateLimits;
import dev.resync.plan.Plan;
import dev.resync.store.CollectionShape;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that the gates may look at.
 *
 * @param startedAt when the run started
 * @param plan its plan
 * @param drift what others changed in live since the run's snapshot of it, by target; without those where nothing was found
 * @param counted documents of each source as counted when the chunks were planned
 * @param sources account of each source over all chunks
 * @param caughtUp what was changed in the sources since they were read; null where that was not looked for
 * @param newest when the newest document of each source was changed, by source; without sources that do not say so
 * @param bundles bundles that mapping saw with a driving document: mapped and quarantined
 * @param quarantined bundles in quarantine
 * @param ruleHits how many bundles each rule gave a value, by rule id
 * @param targets comparison of each target
 * @param liveShapes options and indexes of each live collection, by target; missing where live does not exist
 * @param shadowShapes options and indexes of each sealed shadow, by target
 * @param consumerQueries what each consumer query finds
 */
public record Evidence(
        Instant startedAt,
        Plan plan,
        Map<String, Drift> drift,
        Map<String, Long> counted,
        Map<String, SourceAccount> sources,
        CaughtUp caughtUp,
        Map<String, Instant> newest,
        long bundles,
        long quarantined,
        Map<String, Long> ruleHits,
        List<TargetComparison> targets,
        Map<String, CollectionShape> liveShapes,
        Map<String, CollectionShape> shadowShapes,
        List<QueryCount> consumerQueries) {

    /** Returns how many superseded documents of a source are older versions of documents that were read again. */
    long replaced(String source) {
        return caughtUp == null ? 0 : caughtUp.replaced().getOrDefault(source, 0L);
    }

    /**
     * What a consumer's query finds in the new view.
     *
     * @param query the query
     * @param documents documents of the sealed shadow that it finds
     */
    public record QueryCount(GateLimits.ConsumerQuery query, long documents) {}
}
