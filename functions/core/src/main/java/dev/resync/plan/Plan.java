package dev.resync.plan;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * What to resync: sources, targets, field rules and gates. Made by {@link PlanReader}, so always valid.
 *
 * @param name name of the plan; never null
 * @param description what the plan is for; empty where the document says nothing
 * @param hash SHA-256 of the canonical JSON of the plan document (keys sorted, no white space), lower-case hexadecimal
 * @param timeZone zone of local dates and times in sources and targets
 * @param keyType type of the transformed key, the targets' {@code _id}
 * @param keySensitive whether keys are shown nowhere
 * @param resumeWithin how long a failed run may be resumed
 * @param retention how long the plan's snapshots are kept; defaults filled in
 * @param chunkDocuments most documents of each collection in a chunk, as planned; at least 1
 * @param chunkBytes most bytes of all collections together in a chunk, as planned; at least 1
 * @param sources in the order of the document; at least one drives
 * @param targets in the order of the document; at least one
 * @param gates limits of the gates; defaults filled in
 */
public record Plan(
        String name,
        String description,
        String hash,
        ZoneId timeZone,
        KeyType keyType,
        boolean keySensitive,
        Duration resumeWithin,
        Retention retention,
        int chunkDocuments,
        int chunkBytes,
        List<SourcePlan> sources,
        List<TargetPlan> targets,
        GateLimits gates) {
    public Plan {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
    }

    /**
     * Returns a source by name.
     *
     * @throws IllegalArgumentException if the plan has no such source
     */
    public SourcePlan source(String name) {
        return sources.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Plan " + this.name + " has no source " + name));
    }

    /**
     * Returns a target by name.
     *
     * @throws IllegalArgumentException if the plan has no such target
     */
    public TargetPlan target(String name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Plan " + this.name + " has no target " + name));
    }

    /** Returns the sources whose documents make rows of the targets; at least one. */
    public List<SourcePlan> drivingSources() {
        return sources.stream().filter(SourcePlan::drives).toList();
    }

    /** Returns the ids of all rules, target by target, as {@link TargetPlan#ruleIds()} gives them. */
    public List<String> ruleIds() {
        return targets.stream().flatMap(target -> target.ruleIds().stream()).toList();
    }
}
