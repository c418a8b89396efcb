package dev.resync.plan;

import dev.resync.schema.Place;
import dev.resync.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks of one source that the schema cannot make. */
final class SourceCheck {

    private static final String TEXT = "string";

    private final Optional<KeyType> planKey;
    private final Problems problems;

    SourceCheck(Optional<KeyType> planKey, Problems problems) {
        this.planKey = planKey;
        this.problems = problems;
    }

    void check(Place source) {
        checkCardinality(source);
        checkKey(source.at("key"));
        checkExclusions(source.at("exclude").items());
    }

    private void checkCardinality(Place source) {
        String cardinality = source.at("cardinality").text();
        boolean latestBy = source.has("latestBy");
        if (cardinality.equals("latest") && !latestBy) {
            problems.add(source.pointer(), "cardinality is latest, but nothing says by which field; add latestBy");
        }
        if (source.has("identity") && !cardinality.equals("many")) {
            problems.add(
                    source.at("identity").pointer(),
                    "identity is for cardinality many, but this is " + cardinality + "; remove it");
        }
        if (!source.has("duplicates")) {
            return;
        }
        Place duplicates = source.at("duplicates");
        if (cardinality.equals("latest")) {
            problems.add(
                    duplicates.pointer(),
                    "cardinality latest supersedes older documents and knows no duplicates; remove it, or make cardinality"
                            + " one");
        } else if (cardinality.equals("many") && !source.has("identity")) {
            problems.add(
                    duplicates.pointer(),
                    "cardinality many knows no duplicates without identity; remove it, or add the field all documents of"
                            + " a key must agree on");
        } else if (duplicates.text().equals("latest") && !latestBy) {
            problems.add(
                    duplicates.pointer(), "is latest, but nothing says by which field; add latestBy to the source");
        }
    }

    private void checkKey(Place key) {
        String type = key.at("type").text();
        if (KeyType.of(type).isEmpty()) {
            return;
        }
        for (Place step : key.at("transform").items()) {
            String name = step.node().isObject() ? "padStart" : step.text();
            if (!name.equals("toString") && !type.equals(TEXT)) {
                problems.add(
                        step.pointer(),
                        name + " takes text, but the key is of type " + type + " here; put toString before it");
                return;
            }
            type = switch (name) {
                case "toNumber" -> "number";
                default -> TEXT;
            };
        }
        String result = type;
        planKey.filter(wanted -> !fits(result, wanted))
                .ifPresent(wanted -> problems.add(
                        key.pointer(),
                        "gives a key of type " + result + ", but the plan's key is of type " + wanted.jsonName()
                                + advice(result, wanted)));
    }

    private static boolean fits(String type, KeyType wanted) {
        return switch (wanted) {
            case STRING -> type.equals(TEXT);
            case INT -> type.equals("int") || type.equals("number");
            case LONG -> type.equals("int") || type.equals("long") || type.equals("number");
            case OBJECT_ID -> type.equals("objectId");
        };
    }

    private static String advice(String type, KeyType wanted) {
        if (wanted == KeyType.STRING) {
            return "; end the transform with toString";
        }
        if (wanted.numeric() && type.equals(TEXT)) {
            return "; end the transform with toNumber";
        }
        return "; change one of them";
    }

    private void checkExclusions(List<Place> rules) {
        Set<String> names = new HashSet<>();
        for (Place rule : rules) {
            Place name = rule.at("rule");
            if (!names.add(name.text()) && !name.text().isEmpty()) {
                problems.add(
                        name.pointer(),
                        "is \"" + name.text() + "\", a name that this source has already; counts need distinct names");
            }
            if (rule.has("key") == rule.has("where") && rule.node().isObject()) {
                problems.add(
                        rule.pointer(),
                        rule.has("key")
                                ? "tests both key and where; split it into two rules"
                                : "tests nothing; add key or where");
            }
        }
    }
}
