package dev.resync.mapping;

import dev.resync.mapping.MappingResult.Mapped;
import dev.resync.mapping.MappingResult.Quarantined;
import dev.resync.mapping.MappingResult.Unmatched;
import dev.resync.plan.Plan;
import dev.resync.plan.Sensitivity;
import dev.resync.plan.TargetPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/**
 * Maps bundles to target documents. A pure function of bundle, plan and run start: neither the order of documents nor the
 * order of their fields matters. Made once per run; thread-safe.
 */
public final class BundleMapper {

    private final List<String> ruleIds;
    private final Sensitivity sensitivity;
    private final UnmappedFields unmappedFields;
    private final List<SourceReader> sources;
    private final List<TargetMapper> targets;
    private final Map<String, Integer> sourceIndex = new HashMap<>();
    private final Instant runStart;

    /**
     * @param plan the plan; never null
     * @param runStart start of the run, the only time that results may depend on
     */
    public BundleMapper(Plan plan, Instant runStart) {
        this.ruleIds = plan.ruleIds();
        this.sensitivity = new Sensitivity(plan);
        this.unmappedFields = new UnmappedFields(plan);
        this.runStart = runStart;
        Projections projections = new Projections(plan);
        this.sources = new ArrayList<>();
        plan.sources().forEach(source -> {
            sourceIndex.put(source.name(), sources.size());
            sources.add(new SourceReader(source, projections.of(source.name()), plan.timeZone(), sensitivity));
        });
        this.targets = new ArrayList<>();
        int firstRule = 0;
        for (TargetPlan target : plan.targets()) {
            targets.add(new TargetMapper(target, plan, sensitivity, sourceIndex, firstRule));
            firstRule += target.ruleIds().size();
        }
    }

    /** Returns the ids of all rules; positions are those of {@link Mapped#hits()}. */
    public List<String> ruleIds() {
        return ruleIds;
    }

    /** Returns what the plan hides; problems that {@link #map} tells of are without it. */
    public Sensitivity sensitivity() {
        return sensitivity;
    }

    /** Returns what finds the fields of documents that the plan names nowhere. */
    public UnmappedFields unmappedFields() {
        return unmappedFields;
    }

    /**
     * Maps one bundle.
     *
     * @param bundle all documents of one key, each of them keyed by its {@link SourceClassifier}
     * @throws IllegalArgumentException if the bundle names a source that the plan has not
     */
    public MappingResult map(Bundle bundle) {
        if (!sourceIndex.keySet().containsAll(bundle.documents().keySet())) {
            throw new IllegalArgumentException("The bundle names sources that the plan has not: "
                    + bundle.documents().keySet());
        }
        if (sources.stream().noneMatch(source -> source.drives() && count(bundle, source) > 0)) {
            return new Unmatched();
        }
        BundleView view = new BundleView(bundle, runStart, sources.size());
        Map<String, Integer> used = new LinkedHashMap<>();
        Map<String, Integer> superseded = new LinkedHashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            SourceReader source = sources.get(i);
            int read = count(bundle, source);
            if (read == 0) {
                continue;
            }
            List<BsonDocument> kept = source.read(bundle.documents().get(source.name()), view);
            view.put(i, source, kept);
            used.put(source.name(), kept.size());
            if (kept.size() < read) {
                superseded.put(source.name(), read - kept.size());
            }
        }
        // Without its sources in order a bundle's rules would only repeat what is wrong.
        if (!view.problems().isEmpty()) {
            return new Quarantined(List.copyOf(view.problems()));
        }
        Map<String, BsonDocument> documents = new LinkedHashMap<>();
        targets.forEach(target -> documents.put(target.name(), target.map(view)));
        return view.problems().isEmpty()
                ? new Mapped(documents, used, superseded, view.hits())
                : new Quarantined(List.copyOf(view.problems()));
    }

    private static int count(Bundle bundle, SourceReader source) {
        List<? extends BsonDocument> documents = bundle.documents().get(source.name());
        return documents == null ? 0 : documents.size();
    }
}
