package dev.resync.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Breaks a plan in one place at a time, as a hand that slips would. */
final class PlanMutants {

    /**
     * A plan with one thing changed.
     *
     * @param what pointer of the place and what was done there
     * @param plan the whole document
     */
    record Mutant(String what, JsonNode plan) {}

    private final JsonNode plan;
    private final List<Mutant> mutants = new ArrayList<>();

    private PlanMutants(JsonNode plan) {
        this.plan = plan;
    }

    /** Returns all mutants of what a plan says about documents; collections, sizes and gates are no part of that. */
    static List<Mutant> of(JsonNode plan) {
        PlanMutants made = new PlanMutants(plan);
        for (String zone : List.of("UTC", "Europe/Paris")) {
            made.set("", "timeZone", zone);
        }
        for (String type : List.of("string", "int", "long", "objectId")) {
            made.set("/key", "type", type);
        }
        List<String> sources = names(plan.path("sources"));
        sources.forEach(source -> new SourceMutants(made, sources).of("/sources/" + source));
        names(plan.path("targets")).forEach(target -> {
            made.set("/targets/" + target, "nulls", "omit");
            new RuleMutants(made, sources).of("/targets/" + target + "/fields");
        });
        return made.mutants;
    }

    static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    JsonNode at(String pointer) {
        return plan.at(pointer);
    }

    /** Sets a field to a text, unless it says so already. */
    void set(String pointer, String field, String value) {
        if (!at(pointer).path(field).asText("").equals(value)) {
            change(pointer, field + " = " + value, place -> ((ObjectNode) place).put(field, value));
        }
    }

    /** Sets a field to any JSON. */
    void set(String pointer, String field, JsonNode value) {
        if (!value.equals(at(pointer).get(field))) {
            change(pointer, field + " = " + value, place -> ((ObjectNode) place).set(field, value));
        }
    }

    /** Turns a flag round that is off where it is not named. */
    void toggle(String pointer, String flag) {
        boolean now = at(pointer).path(flag).asBoolean(false);
        change(pointer, flag + " = " + !now, place -> ((ObjectNode) place).put(flag, !now));
    }

    /** Takes a field away, if it is there. */
    void remove(String pointer, String field) {
        if (at(pointer).has(field)) {
            change(pointer, "no " + field, place -> ((ObjectNode) place).remove(field));
        }
    }

    /** Spoils a text, if it is there. */
    void spoil(String pointer, String field) {
        if (at(pointer).has(field)) {
            set(pointer, field, at(pointer).path(field).asText() + "X");
        }
    }

    /** Takes each element of an array away. */
    void removeEach(String pointer) {
        for (int i = 0; i < at(pointer).size(); i++) {
            int index = i;
            change(pointer, "no " + at(pointer).get(i), place -> ((ArrayNode) place).remove(index));
        }
    }

    /** Swaps each two neighbours of an array. */
    void swapEach(String pointer) {
        for (int i = 1; i < at(pointer).size(); i++) {
            int index = i;
            change(pointer, (i - 1) + " and " + i + " swapped", place -> ((ArrayNode) place)
                    .insert(index - 1, ((ArrayNode) place).remove(index)));
        }
    }

    /** Replaces an element of an array. */
    void replace(String pointer, int index, JsonNode value) {
        change(pointer, index + " = " + value, place -> ((ArrayNode) place).set(index, value));
    }

    private void change(String pointer, String what, Consumer<JsonNode> change) {
        JsonNode copy = plan.deepCopy();
        change.accept(copy.at(pointer));
        mutants.add(new Mutant(pointer + ": " + what, copy));
    }
}
