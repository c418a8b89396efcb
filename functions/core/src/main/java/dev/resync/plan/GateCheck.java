package dev.resync.plan;

import dev.resync.schema.NearestName;
import dev.resync.schema.Place;
import dev.resync.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.json.JsonParseException;

/** Checks that the gates name what the plan has. */
final class GateCheck {

    private final Place gates;
    private final List<String> targets;
    private final List<String> rules;
    private final List<String> sources;
    private final Problems problems;

    GateCheck(Place plan, Problems problems) {
        this.gates = plan.at("gates");
        this.targets = plan.at("targets").names();
        this.rules = PlanCheck.ruleIds(plan.at("targets"));
        this.sources = plan.at("sources").names();
        this.problems = problems;
    }

    void check() {
        Place overrides = gates.at("fieldDropOut").at("overrides");
        overrides.names().forEach(rule -> known(overrides.at(rule).pointer(), "rule", rule, rules));
        for (Place allowed : gates.at("neverHit").at("allow").items()) {
            known(allowed.pointer(), "rule", allowed.text(), rules);
        }
        for (String gate : List.of("sourceAge", "duplicateKeys")) {
            Place bySource = gates.at(gate).at("overrides");
            bySource.names().forEach(source -> known(bySource.at(source).pointer(), "source", source, sources));
        }
        checkQueries();
    }

    private void checkQueries() {
        Set<String> names = new HashSet<>();
        for (Place query : gates.at("consumerQueries").items()) {
            known(query.at("target").pointer(), "target", query.at("target").text(), targets);
            Place name = query.at("name");
            if (!names.add(name.text())) {
                problems.add(name.pointer(), "is \"" + name.text() + "\", the name of an earlier query; rename one");
            }
            Place filter = query.at("filter");
            try {
                BsonDocument.parse(filter.node().toString());
            } catch (JsonParseException | org.bson.BsonInvalidOperationException notBson) {
                if (filter.node().isObject()) {
                    problems.add(filter.pointer(), "is no MongoDB filter: " + notBson.getMessage());
                }
            }
        }
    }

    private void known(String pointer, String what, String name, List<String> known) {
        if (!name.isEmpty() && !known.contains(name)) {
            problems.add(
                    pointer,
                    "names the " + what + " \"" + name + "\", which the plan has not" + NearestName.hint(name, known));
        }
    }
}
