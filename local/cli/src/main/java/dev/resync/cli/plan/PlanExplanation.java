package dev.resync.cli.plan;

import dev.resync.plan.Plan;
import dev.resync.plan.Sensitivity;
import java.util.List;

/**
 * What a plan does, for people. The JSON has these names.
 *
 * @param plan name of the plan
 * @param hash hash of its document
 * @param timeZone time zone of local dates
 * @param keyType type of the transformed key
 * @param keySensitive whether keys are shown nowhere
 * @param sources in the order of the plan
 * @param targets in the order of the plan
 * @param gates limits that differ from their defaults, in the order of the plan
 */
record PlanExplanation(
        String plan,
        String hash,
        String timeZone,
        String keyType,
        boolean keySensitive,
        List<SourceExplanation> sources,
        List<Target> targets,
        List<GateLimit> gates) {

    /**
     * One target.
     *
     * @param name short name in the plan
     * @param namespace database and collection
     * @param fields in the order of the target
     */
    record Target(String name, String namespace, List<FieldExplanation> fields) {}

    static PlanExplanation of(PlanDocument document) {
        Plan plan = document.plan();
        Sensitivity sensitivity = new Sensitivity(plan);
        return new PlanExplanation(
                plan.name(),
                plan.hash(),
                plan.timeZone().getId(),
                plan.keyType().jsonName(),
                plan.keySensitive(),
                plan.sources().stream()
                        .map(source -> SourceExplanation.of(source, sensitivity))
                        .toList(),
                plan.targets().stream()
                        .map(target -> new Target(
                                target.name(),
                                target.namespace().getFullName(),
                                new FieldExplainer(plan, target).explain()))
                        .toList(),
                GateLimit.changed(document.tree()));
    }
}
