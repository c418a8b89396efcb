package dev.resync.run;

import dev.resync.error.RequestInvalid;
import dev.resync.run.QuarantineEntry.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts bundles by reason and field, those that are asked for. */
public final class QuarantineTally {

    private final String reason;
    private final String source;
    private final Map<String, Count> counts = new TreeMap<>();
    private final Set<String> reasons = new TreeSet<>();
    private final Set<String> sources = new TreeSet<>();
    private long read;
    private long bundles;

    /**
     * @param reason reason asked for; null for any
     * @param source name of the source asked for; null for any
     */
    public QuarantineTally(String reason, String source) {
        this.reason = reason;
        this.source = source;
    }

    /**
     * Bundles with a problem of one reason in one field.
     *
     * @param reason stable code
     * @param field source and path, else the rule; null where neither is to blame
     * @param count bundles
     */
    public record Count(String reason, String field, long count) {}

    /** Counts a bundle; returns its problems that are asked for. */
    public List<Problem> count(QuarantineEntry bundle) {
        read++;
        bundle.problems().forEach(problem -> {
            reasons.add(problem.reason());
            if (problem.source() != null) {
                sources.add(problem.source());
            }
        });
        List<Problem> asked = bundle.problems().stream().filter(this::asksFor).toList();
        bundles += asked.isEmpty() ? 0 : 1;
        Set<String> counted = new HashSet<>();
        for (Problem problem : asked) {
            String id = problem.reason() + "/" + problem.place();
            if (counted.add(id)) {
                long before = counts.containsKey(id) ? counts.get(id).count() : 0;
                counts.put(id, new Count(problem.reason(), problem.place(), before + 1));
            }
        }
        return asked;
    }

    private boolean asksFor(Problem problem) {
        return (reason == null || reason.equals(problem.reason()))
                && (source == null || source.equals(problem.source()));
    }

    /**
     * Does nothing where something was found, or there is nothing in quarantine.
     *
     * @throws RequestInvalid where what is asked for is not in this quarantine: an empty list might be taken for none
     */
    public void requireMatch() {
        if (bundles > 0 || read == 0) {
            return;
        }
        if (reason != null && !reasons.contains(reason)) {
            throw new RequestInvalid("reason is " + reason + ", which none of the " + read
                    + " quarantined bundles has; expected one of " + String.join(", ", reasons) + ".");
        }
        if (source != null && !sources.contains(source)) {
            throw new RequestInvalid("source is " + source + ", which is to blame for none of the " + read
                    + " quarantined bundles; expected "
                    + (sources.isEmpty() ? "none" : "one of " + String.join(", ", sources)) + ".");
        }
    }

    /** Returns the number of bundles with a problem that is asked for, so far. */
    public long bundles() {
        return bundles;
    }

    /** Returns the number of all bundles so far. */
    public long read() {
        return read;
    }

    /** Returns the counts in the order of reason and field. */
    public List<Count> counts() {
        return List.copyOf(counts.values());
    }
}
