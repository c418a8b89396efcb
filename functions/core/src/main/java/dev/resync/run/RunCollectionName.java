package dev.resync.run;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a collection's name that a run gave, exactly as {@link RunCollection} gives them. Whatever merely looks like
 * one is somebody else's.
 *
 * @param shortId the run's short id
 * @param epoch the run's epoch in which it was made, 1 or more
 * @param kind what it holds
 * @param target index of the target, 0 where the kind is not per target
 * @param state {@code open0}, {@code sealed0-1a2b3c4d}, {@code closed} or {@code displaced}
 */
public record RunCollectionName(String shortId, long epoch, CollectionKind kind, int target, String state) {

    private static final Pattern NAME = Pattern.compile(
            "resync\\.([0-9a-f]{10})\\.([1-9][0-9]{0,17})\\.(snapshot|staging|shadow|quarantine|drift)\\.(0|[1-9][0-9]{0,8})"
                    + "\\.(open[0-9]{1,9}|sealed[0-9]{1,9}-[0-9a-f]{8}|closed|displaced)");

    /**
     * Takes a name apart.
     *
     * @param name of a collection, without its database
     * @return empty where no run gives such a name
     */
    public static Optional<RunCollectionName> parse(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(new RunCollectionName(
                        parts.group(1),
                        Long.parseLong(parts.group(2)),
                        CollectionKind.valueOf(parts.group(3).toUpperCase(Locale.ROOT)),
                        Integer.parseInt(parts.group(4)),
                        parts.group(5)))
                : Optional.empty();
    }

    /** Returns whether the collection belongs to a snapshot of this id, whatever the snapshot's manifest says. */
    public boolean isPartOf(String snapshotId) {
        return kind == CollectionKind.SNAPSHOT && snapshotId.endsWith("-" + shortId + "-s" + epoch);
    }
}
