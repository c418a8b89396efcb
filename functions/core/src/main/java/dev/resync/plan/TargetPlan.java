package dev.resync.plan;

import com.mongodb.MongoNamespace;
import java.util.ArrayList;
import java.util.List;

/**
 * One target collection of a plan. Every target gets one document for each key of a driving source, with the key as
 * {@code _id}.
 *
 * @param name short name; never null
 * @param namespace database and collection; never null
 * @param allowCreate whether the collection may be missing before the first run
 * @param apply how its new view becomes live; never null
 * @param changeStreamConsumers what the plan says about change streams on the target
 * @param nulls what is written where a rule gives no value
 * @param fields rules in the order of the target's fields; at least one
 */
public record TargetPlan(
        String name,
        MongoNamespace namespace,
        boolean allowCreate,
        Apply apply,
        ChangeStreamConsumers changeStreamConsumers,
        NullHandling nulls,
        List<FieldRule> fields) {
    public TargetPlan {
        fields = List.copyOf(fields);
    }

    /** Returns the rules of fields that keep the value that live has. */
    public List<PreservedRule> preserved() {
        return fields.stream()
                .filter(PreservedRule.class::isInstance)
                .map(PreservedRule.class::cast)
                .toList();
    }

    /**
     * Returns the ids of all rules in plan order: {@code <target>.<path>}, and {@code <target>.<path>[].<path>} for the
     * fields of array elements, after the id of their array.
     */
    public List<String> ruleIds() {
        List<String> ids = new ArrayList<>();
        for (FieldRule rule : fields) {
            ids.add(name + "." + rule.path());
            if (rule instanceof EachRule each) {
                each.fields().forEach(field -> ids.add(name + "." + each.path() + "[]." + field.path()));
            }
        }
        return List.copyOf(ids);
    }
}
