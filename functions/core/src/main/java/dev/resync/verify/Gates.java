package dev.resync.verify;

import dev.resync.chunk.SourceAccount;
import dev.resync.drift.Drift;
import dev.resync.hash.ContentHash;
import dev.resync.plan.Cardinality;
import dev.resync.plan.Duplicates;
import dev.resync.plan.EachRule;
import dev.resync.plan.FieldRule;
import dev.resync.plan.GateLimits;
import dev.resync.plan.GateLimits.DriftLimits;
import dev.resync.plan.GateLimits.DriftPolicy;
import dev.resync.plan.Plan;
import dev.resync.plan.Sensitivity;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.TargetPlan;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.store.CollectionShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;

/** The gates. Each looks at the evidence and says what it found; none of them stops at the first finding. */
final class Gates {

    /** Fields with fewer values than this in live are judged only by whether all are gone: a few say little. */
    static final long FEW_VALUES = 20;

    private static final double HOUR_MILLIS = 3_600_000;

    private Gates() {}

    /** Returns the result of every gate. */
    static List<GateResult> judge(Evidence evidence) {
        List<GateResult> results = new ArrayList<>();
        boolean hidden = new Sensitivity(evidence.plan()).any();
        for (SourcePlan source : evidence.plan().sources()) {
            results.add(emptySource(evidence, source));
            results.add(counts(evidence, source));
            sourceAge(evidence, source).ifPresent(results::add);
            duplicateKeys(evidence, source).ifPresent(results::add);
        }
        catchUp(evidence).ifPresent(results::add);
        results.add(quarantine(evidence));
        evidence.ruleHits().forEach((rule, hits) -> results.add(ruleHit(evidence.plan(), rule, hits)));
        for (TargetComparison target : evidence.targets()) {
            TargetPlan plan = evidence.plan().target(target.target());
            results.add(targetCount(evidence, target));
            results.add(shrink(evidence, target));
            results.add(change(evidence, target));
            CollectionShape live = evidence.liveShapes().get(target.target());
            if (live != null) {
                results.addAll(
                        shape(target.target(), live, evidence.shadowShapes().get(target.target())));
            }
            requiredFields(plan, target, results);
            target.fields().forEach(field -> results.add(dropOut(evidence, plan, field)));
            evidence.consumerQueries().stream()
                    .filter(found -> found.query().target().equals(target.target()))
                    .forEach(found -> results.add(consumerQuery(found, hidden)));
            results.add(drift(evidence.plan().gates().drift(), target, evidence.drift()));
        }
        return results;
    }

    private static GateResult emptySource(Evidence evidence, SourcePlan source) {
        long read = account(evidence, source).read();
        return GateResult.atLeast(
                "empty-source",
                source.name(),
                source.allowEmpty() ? 0 : 1,
                read,
                read == 0 ? "the source " + source.namespace().getFullName() + " has no documents" : null);
    }

    private static GateResult counts(Evidence evidence, SourcePlan source) {
        long counted = evidence.counted().getOrDefault(source.name(), 0L);
        long read = account(evidence, source).read() - evidence.replaced(source.name());
        double missing = share(Math.max(0, counted - read), counted);
        return GateResult.atMost(
                "counts",
                source.name(),
                evidence.plan().gates().maxMissingShare(),
                missing,
                read + " read of " + counted + " counted when the chunks were planned");
    }

    /** A feed that stopped gives an old view that looks whole. */
    private static Optional<GateResult> sourceAge(Evidence evidence, SourcePlan source) {
        boolean empty = account(evidence, source).read() == 0;
        if (source.modifiedField() == null || empty) {
            return Optional.empty();
        }
        Instant newest = evidence.newest().get(source.name());
        double limit = evidence.plan().gates().sourceAge().limit(source.name());
        if (newest == null) {
            return Optional.of(new GateResult(
                    "source-age",
                    source.name(),
                    limit,
                    0,
                    false,
                    "no document has a date in " + source.modifiedField()));
        }
        double hours = Duration.between(newest, evidence.startedAt()).toMillis() / HOUR_MILLIS;
        return Optional.of(GateResult.atMost(
                "source-age", source.name(), limit, Math.max(0, hours), "hours since the newest change, " + newest));
    }

    private static Optional<GateResult> duplicateKeys(Evidence evidence, SourcePlan source) {
        if (source.cardinality() == Cardinality.LATEST || source.duplicates() != Duplicates.LATEST) {
            return Optional.empty();
        }
        // An older version of a document that was read again is no duplicate of it.
        long versions = evidence.replaced(source.name());
        long duplicates = account(evidence, source).superseded() - versions;
        long documents = account(evidence, source).read() - versions;
        return Optional.of(GateResult.atMost(
                "duplicate-keys",
                source.name(),
                evidence.plan().gates().duplicateKeys().limit(source.name()),
                share(duplicates, documents),
                duplicates + " of " + documents + " documents are older duplicates"));
    }

    private static Optional<GateResult> catchUp(Evidence evidence) {
        return Optional.ofNullable(evidence.caughtUp())
                .map(caughtUp -> GateResult.atMost(
                        "catch-up",
                        "sources",
                        evidence.plan().gates().catchUp().maxDocuments(),
                        caughtUp.documents(),
                        "documents changed since they were read"));
    }

    private static SourceAccount account(Evidence evidence, SourcePlan source) {
        return evidence.sources().getOrDefault(source.name(), SourceAccount.NONE);
    }

    private static GateResult quarantine(Evidence evidence) {
        return GateResult.atMost(
                "quarantine",
                "bundles",
                evidence.plan().gates().maxQuarantineShare(),
                share(evidence.quarantined(), evidence.bundles()),
                evidence.quarantined() + " of " + evidence.bundles());
    }

    /** A rule that finds nothing in any document has most likely lost its source field. */
    private static GateResult ruleHit(Plan plan, String rule, long hits) {
        // Whether others have given a field a value yet is not for the rebuild to judge.
        boolean preserved = plan.targets().stream().anyMatch(target -> target.preserved().stream()
                .anyMatch(field -> rule.equals(target.name() + "." + field.path())));
        return GateResult.atLeast(
                "rule-hit",
                rule,
                preserved || plan.gates().neverHitAllowed().contains(rule) ? 0 : 1,
                hits,
                "bundles that it gave a value");
    }

    /** Every bundle with a driving document that is not in quarantine must be a document of every target. */
    private static GateResult targetCount(Evidence evidence, TargetComparison target) {
        long expected = evidence.bundles() - evidence.quarantined();
        return new GateResult(
                "target-count",
                target.target(),
                expected,
                target.shadow().documents(),
                expected == target.shadow().documents(),
                "documents expected of the bundles that were mapped");
    }

    private static GateResult shrink(Evidence evidence, TargetComparison target) {
        return GateResult.atMost(
                "shrink",
                target.target(),
                evidence.plan().gates().maxShrinkShare(),
                share(target.removed(), target.live().documents()),
                target.removed() + " of " + target.live().documents() + " documents of live would go");
    }

    private static GateResult change(Evidence evidence, TargetComparison target) {
        return GateResult.atMost(
                "change",
                target.target(),
                evidence.plan().gates().maxChangeShare(),
                share(target.removed() + target.changed(), target.live().documents()),
                target.changed() + " would change and " + target.removed() + " would go");
    }

    /**
     * A new view must be made as live is. TTL indexes do not count: they are added to live after cut-over, since on the shadow
     * they could remove documents after the proof.
     */
    static List<GateResult> shape(String target, CollectionShape wanted, CollectionShape shadow) {
        List<BsonDocument> missing = new ArrayList<>(wanted.lastingIndexes());
        missing.removeAll(shadow.lastingIndexes());
        boolean sameOptions = wanted.options().equals(shadow.options());
        return List.of(
                GateResult.atMost(
                        "indexes", target, 0, missing.size(), missing.isEmpty() ? null : "missing: " + missing),
                GateResult.atMost(
                        "options",
                        target,
                        0,
                        sameOptions ? 0 : 1,
                        sameOptions ? null : "is " + shadow.options() + ", expected " + wanted.options()));
    }

    private static void requiredFields(TargetPlan plan, TargetComparison target, List<GateResult> results) {
        for (FieldRule rule : plan.fields()) {
            addIfRequired(rule, plan.name() + "." + rule.path(), target, results);
            if (rule instanceof EachRule each) {
                each.fields()
                        .forEach(inner -> addIfRequired(
                                inner, plan.name() + "." + each.path() + "[]." + inner.path(), target, results));
            }
        }
    }

    private static void addIfRequired(FieldRule rule, String id, TargetComparison target, List<GateResult> results) {
        if (rule.required()) {
            FieldPresence field = target.fields().stream()
                    .filter(presence -> presence.field().equals(id))
                    .findFirst()
                    .orElseThrow();
            results.add(GateResult.atMost(
                    "required-field", id, 0, (double) field.shadowTotal() - field.shadowValues(), null));
        }
    }

    private static GateResult dropOut(Evidence evidence, TargetPlan target, FieldPresence field) {
        GateLimits limits = evidence.plan().gates();
        FieldPresence published = withCarried(evidence, target, field);
        boolean few = field.liveValues() < FEW_VALUES;
        boolean gone = published.shadowValues() == 0;
        double value = few && !gone ? 0 : published.dropOut();
        return GateResult.atMost(
                "field-drop-out",
                field.field(),
                limits.fieldDropOut().limit(field.field()),
                value,
                "share of values " + field.liveShare() + " in live, " + field.shadowShare() + " in the new view");
    }

    /** What others have given a preserved field since the snapshot comes to the new view only after the verdict. */
    private static FieldPresence withCarried(Evidence evidence, TargetPlan target, FieldPresence field) {
        Drift drift = evidence.drift().get(target.name());
        boolean carried = drift != null
                && evidence.plan().gates().drift().policy() == DriftPolicy.CARRY
                && target.preserved().stream()
                        .anyMatch(rule -> field.field().equals(target.name() + "." + rule.path()));
        if (!carried) {
            return field;
        }
        long values = field.shadowValues() + drift.changed() + drift.added();
        return new FieldPresence(
                field.field(),
                field.liveValues(),
                field.liveTotal(),
                Math.min(field.shadowTotal(), values),
                field.shadowTotal());
    }

    /** A query names values of a field where it is to find one. */
    private static GateResult consumerQuery(Evidence.QueryCount found, boolean hidden) {
        return GateResult.atLeast(
                "consumer-query",
                found.query().name(),
                found.query().minimum(),
                found.documents(),
                "documents of " + found.query().target() + " that match "
                        + Sensitivity.shown(found.query().filter().toString(), hidden));
    }

    /** Live must still be what the snapshot copied, or nearly so where the new view takes over what others own. */
    static GateResult drift(DriftLimits limits, TargetComparison target, Map<String, Drift> found) {
        Drift drift = found.get(target.target());
        long documents = drift == null ? 0 : drift.documents();
        boolean carries = limits.policy() == DriftPolicy.CARRY;
        return GateResult.atMost(
                "drift",
                target.target(),
                carries ? limits.maxShare() : 0,
                carries ? documents / (double) Math.max(1, target.live().documents()) : documents,
                drift == null ? null : drift.toString());
    }

    /** What takes live's place, or its absence, must be what the snapshot says. */
    static GateResult equalsSnapshot(String snapshot, SnapshotTarget wanted, ContentHash found, boolean drops) {
        return new GateResult(
                "equals-snapshot",
                wanted.name(),
                wanted.content().documents(),
                found.documents(),
                wanted.content().equals(found) && wanted.isAbsent() == drops,
                "documents and hash as in snapshot " + snapshot);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
