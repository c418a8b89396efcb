package dev.resync.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A value in a document and where it stands. A missing value is a place, too, so that checks can look further in a
 * document that the schema has already found fault with.
 *
 * @param node the value; a missing node where there is none
 * @param pointer JSON pointer of the value
 */
public record Place(JsonNode node, String pointer) {

    /** Returns the whole document. */
    public static Place root(JsonNode document) {
        return new Place(document, "");
    }

    /** Returns the place of a field of this object, whether there is one or not. */
    public Place at(String name) {
        return new Place(node.path(name), pointer + "/" + SchemaCheck.escape(name));
    }

    /** Returns whether this is an object with a field of that name. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** Returns whether there is a value. */
    public boolean exists() {
        return !node.isMissingNode();
    }

    /** Returns the text here, or empty text where there is none. */
    public String text() {
        return node.isTextual() ? node.textValue() : "";
    }

    /** Returns the text here, or another where there is none. */
    public String text(String otherwise) {
        return node.isTextual() ? node.textValue() : otherwise;
    }

    /** Returns the truth value here; false where there is none. */
    public boolean flag() {
        return node.asBoolean(false);
    }

    /** Returns the whole number here, or another where there is none. */
    public int number(int otherwise) {
        return node.asInt(otherwise);
    }

    /** Returns the number here, or another where there is none. */
    public double decimal(double otherwise) {
        return node.asDouble(otherwise);
    }

    /** Returns the elements of an array; none for anything else. */
    public List<Place> items() {
        List<Place> items = new ArrayList<>();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            items.add(new Place(node.get(i), pointer + "/" + i));
        }
        return items;
    }

    /** Returns the names of an object's fields in order; none for anything else. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Returns the texts of an array, or of nothing. */
    public List<String> texts() {
        return items().stream().map(Place::text).toList();
    }
}
