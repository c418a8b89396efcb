package dev.resync.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** Breaks what a plan says about one source. */
final class SourceMutants {

    private final PlanMutants mutants;
    private final List<String> sources;

    SourceMutants(PlanMutants mutants, List<String> sources) {
        this.mutants = mutants;
        this.sources = sources;
    }

    void of(String source) {
        assertThat(PlanMutants.names(mutants.at(source)))
                .as("what %s says; a new word needs mutants here", source)
                .isSubsetOf(
                        "namespace",
                        "key",
                        "cardinality",
                        "latestBy",
                        "drives",
                        "duplicates",
                        "identity",
                        "allowEmpty",
                        "allowScan",
                        "exclude");
        String key = source + "/key";
        mutants.spoil(key, "field");
        for (String type : List.of("string", "int", "long", "objectId")) {
            mutants.set(key, "type", type);
        }
        mutants.removeEach(key + "/transform");
        mutants.swapEach(key + "/transform");
        for (int i = 0; i < mutants.at(key + "/transform").size(); i++) {
            for (String step : List.of("upper", "lower", "toString", "toNumber")) {
                mutants.replace(key + "/transform", i, new TextNode(step));
            }
        }
        for (String cardinality : List.of("one", "latest", "many")) {
            mutants.set(source, "cardinality", cardinality);
        }
        mutants.remove(source, "latestBy");
        mutants.spoil(source, "latestBy");
        mutants.remove(source, "identity");
        mutants.spoil(source, "identity");
        mutants.set(source, "duplicates", "latest");
        mutants.toggle(source, "drives");
        exclusions(source + "/exclude");
    }

    private void exclusions(String exclude) {
        mutants.removeEach(exclude);
        mutants.swapEach(exclude);
        for (int i = 0; i < mutants.at(exclude).size(); i++) {
            String rule = exclude + "/" + i;
            mutants.set(rule, "rule", "renamed");
            for (String flag : List.of("ignoreCase", "blank", "isNull", "missing", "wrongType")) {
                if (mutants.at(rule).has("key")) {
                    mutants.toggle(rule + "/key", flag);
                }
            }
            mutants.removeEach(rule + "/key/in");
            mutants.remove(rule + "/key", "in");
            mutants.remove(rule + "/key", "contains");
            mutants.spoil(rule + "/key", "contains");
            mutants.spoil(rule + "/where", "field");
            mutants.removeEach(rule + "/where/in");
            mutants.removeEach(rule + "/where/notIn");
            for (int j = 0; j < mutants.at(rule + "/where/notIn").size(); j++) {
                mutants.replace(rule + "/where/notIn", j, new TextNode("1"));
            }
        }
    }
}
