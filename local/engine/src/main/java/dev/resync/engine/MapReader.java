package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Reads what only a Map has. */
final class MapReader {
    private final Fields fields;
    private final ScopeReader scopes;
    private final Set<String> variables;

    MapReader(Fields fields, ScopeReader scopes, Set<String> variables) {
        this.fields = fields;
        this.scopes = scopes;
        this.variables = variables;
    }

    State read(String name, State.ErrorHandling handling, State.Exit exit) {
        JsonNode given = fields.require("ItemProcessor");
        Fields processor = new Fields(
                given == null ? Json.NODES.objectNode() : given,
                fields.pointer("ItemProcessor"),
                "the ItemProcessor of state '" + name + "'",
                fields.problems());
        Fields config = new Fields(
                processor.has("ProcessorConfig") ? processor.take("ProcessorConfig") : Json.NODES.objectNode(),
                processor.pointer("ProcessorConfig"),
                "the ProcessorConfig of state '" + name + "'",
                fields.problems());
        boolean distributed = distributed(config);
        boolean express = express(config, distributed);
        config.done();
        Scope scope = new Scope("", java.util.Map.of());
        if (given != null) {
            processor.text("Comment");
            scope = scopes.read(processor, distributed ? Set.of() : variables);
            processor.done();
        }
        return new State.MapOver(
                name,
                items(),
                fields.template("ItemSelector"),
                scope,
                distributed ? label(name) : inlineLabel(),
                express,
                fields.number("MaxConcurrency", 0, Integer.MAX_VALUE, true),
                distributed
                        ? fields.number("ToleratedFailureCount", 0, Integer.MAX_VALUE, true)
                        : refuse("ToleratedFailureCount"),
                distributed
                        ? fields.number("ToleratedFailurePercentage", 0, 100, false)
                        : refuse("ToleratedFailurePercentage"),
                handling,
                exit);
    }

    private Template items() {
        Template items = fields.template("Items");
        if (items != null
                && items.constant() != null
                && !items.constant().isArray()
                && !Expression.isExpression(items.constant().asText())) {
            fields.problem("Items", "Items must be an array or a JSONata string");
        }
        return items;
    }

    private static boolean distributed(Fields config) {
        String mode = config.text("Mode");
        if (mode != null && !mode.equals("INLINE") && !mode.equals("DISTRIBUTED")) {
            config.problem("Mode", "Mode must be INLINE or DISTRIBUTED");
        }
        return "DISTRIBUTED".equals(mode);
    }

    private static boolean express(Fields config, boolean distributed) {
        String type = config.text("ExecutionType");
        if (type != null && !type.equals("STANDARD") && !type.equals("EXPRESS")) {
            config.problem("ExecutionType", "ExecutionType must be STANDARD or EXPRESS");
        }
        if (distributed != (type != null)) {
            config.problem(
                    "ExecutionType",
                    distributed ? "a DISTRIBUTED map needs an ExecutionType" : "ExecutionType is for DISTRIBUTED maps");
        }
        return "EXPRESS".equals(type);
    }

    private Template refuse(String field) {
        if (fields.take(field) != null) {
            fields.problem(field, field + " is for DISTRIBUTED maps");
        }
        return null;
    }

    private String inlineLabel() {
        refuse("Label");
        return null;
    }

    private String label(String name) {
        String label = fields.text("Label");
        if (label == null) {
            label = unusedLabel(name);
        } else if (label.isEmpty() || label.length() > Limits.LONGEST_LABEL || Names.hasForbiddenCharacter(label)) {
            fields.problem("Label", "Label has 1 to " + Limits.LONGEST_LABEL + " characters, none of them special");
        } else if (!scopes.claimLabel(label)) {
            fields.problem("Label", "the label '" + label + "' is used already");
        }
        return label;
    }

    private String unusedLabel(String stateName) {
        String base = Names.withoutForbidden(stateName);
        String start = base.substring(0, Math.min(base.length(), Limits.LONGEST_LABEL - 3));
        String label = start;
        for (int i = 2; !scopes.claimLabel(label); i++) {
            label = start + i;
        }
        return label;
    }
}
