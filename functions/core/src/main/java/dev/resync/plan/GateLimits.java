package dev.resync.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;

/**
 * Limits of the gates before cut-over. Shares are 0 to 1.
 *
 * @param maxMissingShare highest share of keys of driving sources that may have no document in a target
 * @param maxShrinkShare highest share by which a target may have fewer documents than live
 * @param maxChangeShare highest share of live documents that may change or go
 * @param maxQuarantineShare highest share of bundles in quarantine
 * @param fieldDropOut limits of the share of values that a field may lose against live
 * @param neverHitAllowed ids of rules that need not find a value in any document
 * @param sourceAge how old the newest document of a source may be
 * @param consumerQueries queries that must find documents in the new view
 * @param drift what happens when live changed since the snapshot
 * @param verdictExpiry how long a verdict may be acted on
 */
public record GateLimits(
        double maxMissingShare,
        double maxShrinkShare,
        double maxChangeShare,
        double maxQuarantineShare,
        FieldDropOut fieldDropOut,
        Set<String> neverHitAllowed,
        List<SourceAge> sourceAge,
        List<ConsumerQuery> consumerQueries,
        Drift drift,
        Duration verdictExpiry) {
    public GateLimits {
        neverHitAllowed = Set.copyOf(neverHitAllowed);
        sourceAge = List.copyOf(sourceAge);
        consumerQueries = List.copyOf(consumerQueries);
    }

    /**
     * How far the share of non-null values of a field may fall against live.
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
     * How old the newest document of a source may be when a run starts.
     *
     * @param source name of the source
     * @param field dotted path of the date that tells a document's age
     * @param maxAge greatest age
     */
    public record SourceAge(String source, String field, Duration maxAge) {}

    /**
     * A query of a consumer that must find documents.
     *
     * @param name name, unique in the plan
     * @param target name of the target to ask
     * @param filter MongoDB filter
     * @param minimum least number of documents, at least 1
     */
    public record ConsumerQuery(String name, String target, BsonDocument filter, long minimum) {}

    /**
     * What happens when live changed between snapshot and cut-over.
     *
     * @param policy what to do
     * @param carry fields to take over from drifted documents, by target name; empty unless carrying
     */
    public record Drift(Policy policy, Map<String, List<String>> carry) {
        public Drift {
            carry = Map.copyOf(carry);
        }

        /** The ways to treat drift. */
        public enum Policy {
            /** Refuse the cut-over. */
            REFUSE,
            /** Take over the named fields. */
            CARRY
        }
    }
}
