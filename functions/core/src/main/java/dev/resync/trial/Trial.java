package dev.resync.trial;

import dev.resync.chunk.SourceAccount;
import dev.resync.mapping.Bundle;
import dev.resync.mapping.BundleMapper;
import dev.resync.mapping.MappingResult;
import dev.resync.mapping.MappingResult.Mapped;
import dev.resync.mapping.MappingResult.Quarantined;
import dev.resync.mapping.SourceClassifier;
import dev.resync.mapping.UnmappedFields;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.TargetPlan;
import dev.resync.plan.value.BsonOrder;
import dev.resync.sync.SourceTally;
import dev.resync.trial.TrialResult.QuarantinedKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Does to documents in memory what a run does to those of a database: classifies them, brings them together by key and maps
 * each bundle. Holds all of them at once; for small numbers. Thread-safe.
 */
public final class Trial {

    private final Plan plan;
    private final Instant runStart;
    private final BundleMapper mapper;
    private final UnmappedFields unmapped;

    /**
     * @param plan the plan; never null
     * @param runStart start of the run, the only time that results may depend on; never null
     */
    public Trial(Plan plan, Instant runStart) {
        this.plan = plan;
        this.runStart = runStart;
        this.mapper = new BundleMapper(plan, runStart);
        this.unmapped = new UnmappedFields(plan);
    }

    /** Maps all documents of all sources over a live that holds nothing; see {@link #map(Map, Map)}. */
    public TrialResult map(Map<String, ? extends List<? extends BsonDocument>> sources) {
        return map(sources, Map.of());
    }

    /**
     * Maps all documents of all sources.
     *
     * @param sources documents by the plan's name of their source; sources without documents may be missing
     * @param live documents that live holds, by the plan's name of their target; targets without documents may be missing,
     *     and of those that preserve no field they have no effect
     * @throws IllegalArgumentException if a name is none of the plan's sources or targets, a document of live has no
     *     {@code _id}, or two of a target have one
     */
    public TrialResult map(
            Map<String, ? extends List<? extends BsonDocument>> sources,
            Map<String, ? extends List<? extends BsonDocument>> live) {
        sources.keySet().forEach(plan::source);
        live.keySet().forEach(plan::target);
        LiveDocuments held = new LiveDocuments(plan, live);
        Outcome outcome = new Outcome();
        Map<BsonValue, Map<String, List<BsonDocument>>> bundles = new TreeMap<>(BsonOrder.INSTANCE);
        for (SourcePlan source : plan.sources()) {
            List<? extends BsonDocument> documents = sources.get(source.name());
            outcome.put(source.name(), sort(source, documents == null ? List.of() : documents, bundles));
        }
        bundles.forEach((key, documents) ->
                outcome.add(key, documents, mapper.map(new Bundle(key, Map.copyOf(documents), held.of(key)))));
        return outcome.result(unmapped(sources));
    }

    private SourceAccount sort(
            SourcePlan source,
            List<? extends BsonDocument> documents,
            Map<BsonValue, Map<String, List<BsonDocument>>> bundles) {
        SourceClassifier classifier = new SourceClassifier(source, plan.keyType());
        SourceTally tally = new SourceTally(source, plan.timeZone(), runStart);
        for (BsonDocument document : documents) {
            BsonValue key = tally.count(document, classifier.classify(document));
            if (key != null) {
                bundles.computeIfAbsent(key, any -> new LinkedHashMap<>())
                        .computeIfAbsent(source.name(), any -> new ArrayList<>())
                        .add(document);
            }
        }
        return tally.toAccount();
    }

    private Map<String, List<String>> unmapped(Map<String, ? extends List<? extends BsonDocument>> sources) {
        Map<String, List<String>> fields = new TreeMap<>();
        sources.forEach((source, documents) -> {
            TreeSet<String> found = new TreeSet<>();
            documents.forEach(document -> unmapped.collect(source, document, found));
            if (!found.isEmpty()) {
                fields.put(source, List.copyOf(found));
            }
        });
        return fields;
    }

    /** What has come of the bundles so far. */
    private final class Outcome {

        private final Map<String, List<BsonDocument>> targets = new LinkedHashMap<>();
        private final List<QuarantinedKey> quarantine = new ArrayList<>();
        private final Map<String, SourceAccount> accounts = new LinkedHashMap<>();
        private final long[] hits = new long[mapper.ruleIds().size()];

        private Outcome() {
            for (TargetPlan target : plan.targets()) {
                targets.put(target.name(), new ArrayList<>());
            }
        }

        private void put(String source, SourceAccount account) {
            accounts.put(source, account);
        }

        private void add(BsonValue key, Map<String, List<BsonDocument>> documents, MappingResult result) {
            if (result instanceof Mapped mapped) {
                mapped.documents()
                        .forEach((target, document) -> targets.get(target).add(document));
                count(mapped.hits());
            } else if (result instanceof Quarantined quarantined) {
                quarantine.add(new QuarantinedKey(key, quarantined.problems()));
            }
            documents.forEach((source, found) ->
                    accounts.merge(source, account(source, found.size(), result), SourceAccount::plus));
        }

        private SourceAccount account(String source, int documents, MappingResult result) {
            if (result instanceof Mapped mapped) {
                return new SourceAccount(
                        0,
                        0,
                        Map.of(),
                        0,
                        0,
                        mapped.superseded().getOrDefault(source, 0),
                        mapped.used().getOrDefault(source, 0));
            }
            boolean quarantined = result instanceof Quarantined;
            return new SourceAccount(0, 0, Map.of(), quarantined ? 0 : documents, quarantined ? documents : 0, 0, 0);
        }

        private void count(BitSet rules) {
            rules.stream().forEach(rule -> hits[rule]++);
        }

        private TrialResult result(Map<String, List<String>> unmappedFields) {
            Map<String, Long> ruleHits = new LinkedHashMap<>();
            for (int i = 0; i < hits.length; i++) {
                ruleHits.put(mapper.ruleIds().get(i), hits[i]);
            }
            return new TrialResult(targets, quarantine, accounts, ruleHits, unmappedFields);
        }
    }
}
