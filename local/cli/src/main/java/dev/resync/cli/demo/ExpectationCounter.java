package dev.resync.cli.demo;

import dev.resync.cli.demo.DoctorFacts.Connection;
import dev.resync.cli.demo.DoctorFacts.Recommendation;
import dev.resync.cli.demo.DoctorFacts.Row;
import dev.resync.cli.demo.Expectations.LiveDifference;
import dev.resync.cli.demo.Expectations.SourceAccount;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Counts, doctor by doctor, what a run has to report. */
final class ExpectationCounter {
    private final Map<RevalidationCollection, Long> documents = new EnumMap<>(RevalidationCollection.class);
    private final Map<RevalidationCollection, Tally> tallies = new EnumMap<>(RevalidationCollection.class);
    private final Map<RevalidationCollection, long[]> differences = new EnumMap<>(RevalidationCollection.class);
    private final Map<EdgeCase, Long> edgeCases = new EnumMap<>(EdgeCase.class);
    private long bundles;
    private long quarantined;

    ExpectationCounter() {
        for (RevalidationCollection collection : RevalidationCollection.values()) {
            documents.put(collection, 0L);
        }
        RevalidationCollection.sources().forEach(source -> tallies.put(source, new Tally()));
        RevalidationCollection.targets().forEach(target -> differences.put(target, new long[4]));
        for (EdgeCase edgeCase : EdgeCase.values()) {
            edgeCases.put(edgeCase, 0L);
        }
    }

    void countDoctor(DoctorFacts facts) {
        for (EdgeCase edgeCase : EdgeCase.values()) {
            if (edgeCase.shownBy(facts)) {
                edgeCases.merge(edgeCase, 1L, Long::sum);
            }
        }
        if (!facts.inSources()) {
            return;
        }
        if (facts.hasDrivingRow()) {
            bundles++;
            quarantined += facts.quarantined() ? 1 : 0;
        }
        tallies.forEach((source, tally) -> facts.rows(source).forEach(row -> tally.count(facts, row)));
    }

    void countDocuments(RevalidationCollection collection, int written) {
        documents.merge(collection, (long) written, Long::sum);
    }

    /** @param mapped what the sources yield now, or null */
    void countLive(RevalidationCollection target, List<BsonDocument> live, BsonDocument mapped) {
        BsonValue id = mapped == null ? null : mapped.get("_id");
        long[] difference = differences.get(target);
        boolean found = false;
        for (BsonDocument document : live) {
            boolean both = document.get("_id").equals(id);
            found |= both;
            difference[!both ? 1 : document.equals(mapped) ? 3 : 2]++;
        }
        difference[0] += mapped != null && !found ? 1 : 0;
    }

    Expectations expectations() {
        Map<RevalidationCollection, SourceAccount> accounts = new EnumMap<>(RevalidationCollection.class);
        tallies.forEach((source, tally) -> accounts.put(source, tally.account()));
        Map<RevalidationCollection, LiveDifference> live = new EnumMap<>(RevalidationCollection.class);
        differences.forEach((target, n) -> live.put(target, new LiveDifference(n[0], n[1], n[2], n[3])));
        return new Expectations(
                Collections.unmodifiableMap(documents),
                Collections.unmodifiableMap(accounts),
                Collections.unmodifiableMap(live),
                bundles,
                quarantined,
                Collections.unmodifiableMap(edgeCases));
    }

    /** The account of one source in the making. */
    private static final class Tally {
        private final Map<OddKey, Long> oddKeys = new EnumMap<>(OddKey.class);
        private long read;
        private long failedResponses;
        private long unmatched;
        private long quarantined;
        private long superseded;
        private long used;

        void count(DoctorFacts facts, Row row) {
            read++;
            if (!row.keyed()) {
                oddKeys.merge(row.oddKey(), 1L, Long::sum);
            } else if (row instanceof Connection connection && !connection.successful()) {
                failedResponses++;
            } else if (!facts.hasDrivingRow()) {
                unmatched++;
            } else if (facts.quarantined()) {
                quarantined++;
            } else if (isSuperseded(facts, row)) {
                superseded++;
            } else {
                used++;
            }
        }

        // By identity: two rows of one doctor may well have equal values.
        private static boolean isSuperseded(DoctorFacts facts, Row row) {
            return (row instanceof Recommendation && row != facts.latestRecommendation())
                    || (row instanceof Connection && row != facts.latestConnection());
        }

        SourceAccount account() {
            return new SourceAccount(
                    read,
                    Collections.unmodifiableMap(oddKeys),
                    failedResponses,
                    unmatched,
                    quarantined,
                    superseded,
                    used);
        }
    }
}
