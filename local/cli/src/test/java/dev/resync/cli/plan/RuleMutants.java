package dev.resync.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.resync.plan.value.ValueType;
import java.util.List;

/** Breaks the rules of one target, and those of the elements of its arrays. */
final class RuleMutants {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final PlanMutants mutants;
    private final List<String> sources;

    RuleMutants(PlanMutants mutants, List<String> sources) {
        this.mutants = mutants;
        this.sources = sources;
    }

    void of(String fields) {
        mutants.removeEach(fields);
        mutants.swapEach(fields);
        for (int i = 0; i < mutants.at(fields).size(); i++) {
            String rule = fields + "/" + i;
            assertThat(PlanMutants.names(mutants.at(rule)))
                    .as("what %s says; a new word needs mutants here", rule)
                    .isSubsetOf(
                            "path",
                            "from",
                            "type",
                            "required",
                            "emptyIsNull",
                            "enum",
                            "several",
                            "each",
                            "orderBy",
                            "fields");
            mutants.spoil(rule, "path");
            if (mutants.at(rule).has("each")) {
                each(rule);
            } else {
                value(rule);
            }
        }
    }

    private void each(String rule) {
        sources.forEach(source -> mutants.set(rule, "each", source));
        mutants.remove(rule, "orderBy");
        for (int i = 0; i < mutants.at(rule + "/orderBy").size(); i++) {
            mutants.spoil(rule + "/orderBy/" + i, "field");
            mutants.set(rule + "/orderBy/" + i, "direction", "desc");
        }
        of(rule + "/fields");
    }

    private void value(String rule) {
        from(rule + "/from");
        for (ValueType type : ValueType.values()) {
            mutants.set(rule, "type", type.jsonName());
        }
        mutants.remove(rule, "type");
        mutants.toggle(rule, "required");
        mutants.toggle(rule, "emptyIsNull");
        mutants.set(rule, "default", constant(mutants.at(rule).path("type").asText()));
        mutants.set(rule, "format", "dd.MM.yyyy");
        mutants.set(rule, "as", "bsonDate");
        mutants.set(
                rule,
                "inputFormats",
                JSON.arrayNode()
                        .add("dd/MM/yyyy")
                        .add("dd.MM.yyyy")
                        .add("yyyyMMdd")
                        .add("d MMMM yyyy"));
        enumeration(rule);
        mutants.set(rule, "several", "null");
        mutants.set(rule, "several", "quarantine");
        mutants.set(rule, "several", JSON.objectNode().put("join", ", "));
    }

    private void from(String from) {
        mutants.removeEach(from);
        mutants.swapEach(from);
        for (int i = 0; i < mutants.at(from).size(); i++) {
            JsonNode origin = mutants.at(from).get(i);
            if (origin.isTextual()) {
                path(from, i, origin.asText());
            } else {
                constant(from + "/" + i, origin.path("value"));
            }
        }
    }

    private void path(String from, int index, String path) {
        for (String other : List.of("$key", "$runStart", path + "X")) {
            if (!other.equals(path)) {
                mutants.replace(from, index, new TextNode(other));
            }
        }
        int dot = path.indexOf('.');
        for (String source : sources) {
            if (dot > 0 && !path.startsWith(source + ".")) {
                mutants.replace(from, index, new TextNode(source + path.substring(dot)));
            }
        }
    }

    private void constant(String origin, JsonNode value) {
        if (value.isBoolean()) {
            mutants.toggle(origin, "value");
        } else {
            mutants.spoil(origin, "value");
        }
        mutants.remove(origin, "whenPresent");
        mutants.spoil(origin, "whenPresent");
        String when = mutants.at(origin).path("whenPresent").asText();
        if (!when.isEmpty()) {
            sources.forEach(source -> mutants.set(origin, "whenPresent", source));
        }
    }

    private void enumeration(String rule) {
        JsonNode values = mutants.at(rule).path("enum");
        mutants.remove(rule, "enum");
        mutants.set(rule, "enum", JSON.arrayNode().add("MAYBE"));
        if (values.isMissingNode()) {
            return;
        }
        mutants.set(rule, "enumOther", "Other");
        mutants.set(rule, "enumOther", NullNode.getInstance());
        if (values instanceof ArrayNode list) {
            mutants.removeEach(rule + "/enum");
            for (int i = 0; i < list.size(); i++) {
                mutants.replace(rule + "/enum", i, new TextNode(list.get(i).asText() + "X"));
            }
        } else {
            PlanMutants.names(values).forEach(name -> {
                mutants.remove(rule + "/enum", name);
                mutants.spoil(rule + "/enum", name);
            });
        }
    }

    private static JsonNode constant(String type) {
        return switch (type) {
            case "int", "long", "double", "decimal" -> JSON.numberNode(1);
            case "boolean" -> BooleanNode.TRUE;
            case "date", "datetime" -> new TextNode("2024-01-01");
            default -> new TextNode("other");
        };
    }
}
