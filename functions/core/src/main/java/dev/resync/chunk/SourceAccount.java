package dev.resync.chunk;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the documents of one source went. Each document counts once, in the first of these that fits: excluded by a rule
 * on its key, withoutKey, excluded by another rule, unmatched, quarantined, superseded, used.
 *
 * @param read documents read, 0 or more
 * @param withoutKey key null, missing, empty, of the wrong type or in an array
 * @param excluded by name of the rule that claimed them
 * @param unmatched no driving source has their key
 * @param quarantined in a bundle that could not be mapped
 * @param superseded older duplicates
 * @param used went into the new view
 */
public record SourceAccount(
        long read,
        long withoutKey,
        Map<String, Long> excluded,
        long unmatched,
        long quarantined,
        long superseded,
        long used) {

    /** Nothing read. */
    public static final SourceAccount NONE = new SourceAccount(0, 0, Map.of(), 0, 0, 0, 0);

    public SourceAccount {
        // By name, so that the same account always reads the same.
        excluded = excluded == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(excluded));
    }

    /** Returns the documents that sync hands over to mapping. */
    public long staged() {
        return read - withoutKey - excludedInAll();
    }

    /** Returns the documents that mapping has accounted for. */
    public long mapped() {
        return unmatched + quarantined + superseded + used;
    }

    /** Returns whether every document read went to exactly one place. */
    public boolean balanced() {
        return read == withoutKey + excludedInAll() + mapped();
    }

    /** Returns the sum of both accounts. */
    public SourceAccount plus(SourceAccount other) {
        Map<String, Long> rules = new TreeMap<>(excluded);
        other.excluded.forEach((rule, count) -> rules.merge(rule, count, Long::sum));
        return new SourceAccount(
                read + other.read,
                withoutKey + other.withoutKey,
                rules,
                unmatched + other.unmatched,
                quarantined + other.quarantined,
                superseded + other.superseded,
                used + other.used);
    }

    /** Returns this account without what is part of it. */
    public SourceAccount minus(SourceAccount part) {
        Map<String, Long> rules = new TreeMap<>(excluded);
        part.excluded.forEach((rule, count) -> rules.merge(rule, -count, Long::sum));
        return new SourceAccount(
                read - part.read,
                withoutKey - part.withoutKey,
                rules,
                unmatched - part.unmatched,
                quarantined - part.quarantined,
                superseded - part.superseded,
                used - part.used);
    }

    private long excludedInAll() {
        return excluded.values().stream().mapToLong(Long::longValue).sum();
    }
}
