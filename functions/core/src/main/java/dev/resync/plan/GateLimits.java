package dev.resync.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;

/**
 * Limits of the gates before cut-over. Shares are 0 to 1.
 *
 * @param maxMissingShare highest share of a source's documents, as counted when the chunks were planned, that may be missing
 *     from what was read
 * @param maxShrinkShare highest share of live documents whose key the new view lacks
 * @param maxChangeShare highest share of live documents that would change or go
 * @param maxQuarantineShare highest share of bundles in quarantine
 * @param sourceAge greatest age of a source that has a {@code modifiedField}, in hours
 * @param duplicateKeys highest share of a source's documents that are older duplicates, where the latest wins
 * @param fieldDropOut limits of what fields may lose of their values against live
 * @param neverHitAllowed ids of rules that need not find a value in any document
 * @param consumerQueries queries that must find documents in the new view
 * @param catchUp what may be mapped anew before cut-over
 * @param drift what becomes of a run whose live others changed since its snapshot
 * @param verdictExpiry how long a verdict may be acted on
 */
public record GateLimits(
        double maxMissingShare,
        double maxShrinkShare,
        double maxChangeShare,
        double maxQuarantineShare,
        PerSource sourceAge,
        PerSource duplicateKeys,
        FieldDropOut fieldDropOut,
        Set<String> neverHitAllowed,
        List<ConsumerQuery> consumerQueries,
        CatchUpLimits catchUp,
        DriftLimits drift,
        Duration verdictExpiry) {
    public GateLimits {
        neverHitAllowed = Set.copyOf(neverHitAllowed);
        consumerQueries = List.copyOf(consumerQueries);
    }

    /**
     * A limit that every source has, and its exceptions.
     *
     * @param max limit for every source without one of its own
     * @param overrides limits by name of the source
     */
    public record PerSource(double max, Map<String, Double> overrides) {
        public PerSource {
            overrides = Map.copyOf(overrides);
        }

        /** Returns the limit of a source. */
        public double limit(String source) {
            return overrides.getOrDefault(source, max);
        }
    }

    /**
     * Highest relative loss of a field's share of non-null values against live; 1 is all gone. Fields with fewer than 20 values
     * in live are judged only by whether all are gone.
     *
     * @param maxShare limit for every field without one of its own
     * @param overrides limits by rule id
     */
    public record FieldDropOut(double maxShare, Map<String, Double> overrides) {
        public FieldDropOut {
            overrides = Map.copyOf(overrides);
        }

        /**
         * Returns the limit of one field.
         *
         * @param ruleId id as {@link TargetPlan#ruleIds()} gives it
         */
        public double limit(String ruleId) {
            return overrides.getOrDefault(ruleId, maxShare);
        }
    }

    /**
     * Limits of catching up with sources that have a {@code modifiedField}.
     *
     * @param maxDocuments most documents that may have been added or changed since the sources were read; 0 for not looking
     *     at the sources again
     */
    public record CatchUpLimits(long maxDocuments) {}

    /** What becomes of a run whose live others changed since its snapshot. */
    public enum DriftPolicy {
        /** It is refused. */
        REFUSE,
        /** The new view takes over the preserved fields of what changed. */
        CARRY
    }

    /**
     * Limits of drift.
     *
     * @param policy what becomes of the run
     * @param maxShare highest share of live documents that may have changed, where they are carried over
     */
    public record DriftLimits(DriftPolicy policy, double maxShare) {}

    /**
     * A query of a consumer that must find documents.
     *
     * @param name name, unique in the plan
     * @param target name of the target to ask
     * @param filter MongoDB filter
     * @param minimum least number of documents, at least 1
     */
    public record ConsumerQuery(String name, String target, BsonDocument filter, long minimum) {}
}
