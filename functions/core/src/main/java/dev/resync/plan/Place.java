package dev.resync.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A value in a plan document and where it stands. A missing value is a place, too, so that checks can look further in a
 * document that the schema has already found fault with.
 *
 * @param node the value; a missing node where there is none
 * @param pointer JSON pointer of the value
 */
record Place(JsonNode node, String pointer) {

    static Place root(JsonNode document) {
        return new Place(document, "");
    }

    Place at(String name) {
        return new Place(node.path(name), pointer + "/" + SchemaCheck.escape(name));
    }

    boolean has(String name) {
        return node.has(name);
    }

    boolean exists() {
        return !node.isMissingNode();
    }

    /** Returns the text here, or empty text where there is none. */
    String text() {
        return node.isTextual() ? node.textValue() : "";
    }

    String text(String otherwise) {
        return node.isTextual() ? node.textValue() : otherwise;
    }

    boolean flag() {
        return node.asBoolean(false);
    }

    int number(int otherwise) {
        return node.asInt(otherwise);
    }

    double decimal(double otherwise) {
        return node.asDouble(otherwise);
    }

    /** Returns the elements of an array; none for anything else. */
    List<Place> items() {
        List<Place> items = new ArrayList<>();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            items.add(new Place(node.get(i), pointer + "/" + i));
        }
        return items;
    }

    /** Returns the names of an object's fields in order; none for anything else. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Returns the texts of an array, or of nothing. */
    List<String> texts() {
        return items().stream().map(Place::text).toList();
    }
}
