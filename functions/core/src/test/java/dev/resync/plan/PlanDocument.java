package dev.resync.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** A small valid plan document to change in tests. JSON may be written with single quotes. */
public final class PlanDocument {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();
    private static final PlanReader READER = new PlanReader();

    private final ObjectNode tree;

    private PlanDocument(JsonNode tree) {
        this.tree = (ObjectNode) tree;
    }

    /** Sources: people (one, drives), visits (many), moves (latest by at). Target: view, with one rule. */
    public static PlanDocument small() {
        return new PlanDocument(parse("""
                {plan: 'small', timeZone: 'Europe/London', key: {type: 'string'},
                 sources: {
                  people: {namespace: 'db.people', key: {field: '_id', type: 'string'}, cardinality: 'one', drives: true},
                  visits: {namespace: 'db.visits', key: {field: 'person', type: 'string'}, cardinality: 'many'},
                  moves: {namespace: 'db.moves', key: {field: 'person', type: 'string'}, cardinality: 'latest',
                          latestBy: 'at'}},
                 targets: {
                  view: {namespace: 'db.view', changeStreamConsumers: 'none',
                         fields: [{path: 'name', from: ['people.name']}]}}}
                """));
    }

    /** Replaces or adds the value at a JSON pointer; {@code -} as last step appends to an array. */
    public PlanDocument with(String pointer, String json) {
        int last = pointer.lastIndexOf('/');
        JsonNode holder = tree.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1).replace("~1", "/");
        if (holder instanceof ArrayNode array) {
            if (name.equals("-")) {
                array.add(parse(json));
            } else {
                array.set(Integer.parseInt(name), parse(json));
            }
        } else {
            ((ObjectNode) holder).set(name, parse(json));
        }
        return this;
    }

    public PlanDocument without(String pointer) {
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) tree.at(pointer.substring(0, last))).remove(pointer.substring(last + 1));
        return this;
    }

    /** Replaces the rules of the target. */
    public PlanDocument rules(String... rules) {
        return with("/targets/view/fields", "[" + String.join(",", rules) + "]");
    }

    public String json() {
        return tree.toString();
    }

    public Plan read() {
        return READER.read("small", json());
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException badTest) {
            throw new UncheckedIOException(badTest);
        }
    }
}
