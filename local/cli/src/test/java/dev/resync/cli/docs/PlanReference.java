package dev.resync.cli.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The tables of {@code docs/plan-reference.md}, made from the schema of plans. */
final class PlanReference {

    private final JsonNode schema;

    PlanReference(JsonNode schema) {
        this.schema = schema;
    }

    /** Returns the tables by the name of what they describe, in the order of the document. */
    Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put("plan", table(schema));
        schema.path("$defs").properties().forEach(definition -> {
            if (!definition.getKey().equals("gates")) {
                tables.put(definition.getKey(), table(definition.getValue()));
            }
        });
        gates().properties().forEach(gate -> tables.put("gates." + gate.getKey(), table(gate.getValue())));
        return tables;
    }

    /** Returns the gates that a plan may set limits of. */
    JsonNode gates() {
        return schema.at("/$defs/gates/properties");
    }

    private List<String> table(JsonNode object) {
        List<String> rows = new ArrayList<>();
        rows.add(cell(object.path("description").asText()));
        rows.add("");
        rows.add("| field | type | default | meaning |");
        rows.add("|---|---|---|---|");
        addRows("", object.path("type").asText().equals("array") ? object.path("items") : object, rows);
        return rows;
    }

    private void addRows(String prefix, JsonNode object, List<String> rows) {
        List<String> required = texts(object.path("required"));
        object.path("properties").properties().forEach(field -> {
            String name = prefix + field.getKey();
            JsonNode value = field.getValue();
            rows.add("| `" + name + "` | " + type(value) + " | " + standard(value, required.contains(field.getKey()))
                    + " | " + cell(meaning(value)) + " |");
            JsonNode inner = value.path("type").asText().equals("array") ? value.path("items") : value;
            addRows(name + (inner == value ? "." : "[]."), inner, rows);
        });
    }

    private String meaning(JsonNode value) {
        JsonNode definition =
                value.has("$ref") ? schema.at(value.path("$ref").asText().substring(1)) : value;
        return value.path("description").asText(definition.path("description").asText());
    }

    private static String standard(JsonNode value, boolean required) {
        if (required) {
            return "required";
        }
        return value.has("default") ? "`" + value.get("default") + "`" : "none";
    }

    private static String type(JsonNode value) {
        if (value.has("enum")) {
            return cell(String.join(
                    ", ",
                    texts(value.path("enum")).stream()
                            .map(text -> "`" + text + "`")
                            .toList()));
        }
        if (value.has("$ref")) {
            return reference(value);
        }
        if (value.path("type").asText().equals("array")) {
            return "list of " + type(value.path("items"));
        }
        if (value.has("minimum")) {
            return number(value);
        }
        if (value.path("type").isArray()) {
            return String.join(" or ", texts(value.path("type")));
        }
        JsonNode each = value.path("additionalProperties");
        return each.isObject() ? "object of " + type(each) : value.path("type").asText();
    }

    private static String number(JsonNode value) {
        String kind = value.path("type").asText().equals("integer") ? "whole number" : "number";
        return kind + " from " + value.get("minimum") + (value.has("maximum") ? " to " + value.get("maximum") : "");
    }

    private static String reference(JsonNode value) {
        String name = value.path("$ref").asText().replaceAll(".*/", "");
        return "[" + name + "](#" + name + ")";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
