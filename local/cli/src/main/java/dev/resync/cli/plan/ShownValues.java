package dev.resync.cli.plan;

import dev.resync.plan.Plan;
import dev.resync.plan.Sensitivity;
import dev.resync.plan.TargetPlan;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.BsonValue;

/**
 * Values of a case as they may be shown: with {@link Sensitivity#HIDDEN} for what the plan hides, since more people read the log
 * of a pipeline than the files of its cases. Null is no secret.
 */
final class ShownValues {

    private static final Pattern POSITION = Pattern.compile("\\[\\d+]");

    private final Plan plan;
    private final Sensitivity sensitivity;

    ShownValues(Plan plan) {
        this.plan = plan;
        this.sensitivity = new Sensitivity(plan);
    }

    /** Returns whether keys are hidden. */
    boolean hidesKeys() {
        return sensitivity.key();
    }

    /** Returns text of which nobody can say whether it holds what the plan hides; hidden where the plan hides anything. */
    String text(String text) {
        return Sensitivity.shown(text, sensitivity.any());
    }

    /** Returns a key as one line of JSON. */
    String key(BsonValue key) {
        return Sensitivity.shown(BsonText.of(key), sensitivity.key());
    }

    /**
     * Returns the value of a field as one line of JSON.
     *
     * @param target name of the target
     * @param path where it stands in a document, such as {@code cities[0].lat}; one that no rule writes is hidden where the plan
     *     hides anything
     */
    String field(String target, String path, BsonValue value) {
        return Sensitivity.shown(BsonText.of(value), !value.isNull() && hides(plan.target(target), path));
    }

    private boolean hides(TargetPlan target, String path) {
        if (!sensitivity.any()) {
            return false;
        }
        String place = target.name() + "." + POSITION.matcher(path).replaceAll("[]");
        List<String> rules = target.ruleIds().stream()
                .filter(id -> within(place, id) || within(id, place))
                .toList();
        return rules.isEmpty() || rules.stream().anyMatch(sensitivity::hidesRule);
    }

    /** Returns whether a place is another one or lies in it. */
    private static boolean within(String place, String outer) {
        return place.equals(outer) || place.startsWith(outer + ".") || place.startsWith(outer + "[]");
    }
}
