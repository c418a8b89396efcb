package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonPropertyTest {
    @Provide
    Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(
                Arbitraries.just(Json.NODES.nullNode()),
                Arbitraries.of(true, false).map(Json.NODES::booleanNode),
                Arbitraries.integers().map(Json.NODES::numberNode),
                Arbitraries.longs().filter(n -> n != n.intValue()).map(Json.NODES::numberNode),
                Arbitraries.doubles().filter(d -> d != Math.rint(d)).map(Json.NODES::numberNode),
                Arbitraries.strings().ofMaxLength(20).map(Json.NODES::textNode));
        return Arbitraries.recursive(() -> scalars, JsonPropertyTest::container, 0, 3);
    }

    private static Arbitrary<JsonNode> container(Arbitrary<JsonNode> items) {
        Arbitrary<JsonNode> arrays = items.list().ofMaxSize(3).map(JsonPropertyTest::array);
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), items)
                .ofMaxSize(3)
                .map(JsonPropertyTest::object);
        return Arbitraries.oneOf(items, arrays, objects);
    }

    private static JsonNode array(List<JsonNode> items) {
        ArrayNode array = Json.NODES.arrayNode();
        items.forEach(array::add);
        return array;
    }

    private static JsonNode object(Map<String, JsonNode> fields) {
        ObjectNode object = Json.NODES.objectNode();
        object.setAll(fields);
        return object;
    }

    @Property(tries = 300)
    void anyValueSurvivesBeingCopiedByTheLibrary(@ForAll("values") JsonNode value) {
        ObjectNode input = Json.NODES.objectNode();
        input.set("v", value);
        Object copied = deepCopy(JsonView.of(input));
        assertThat(JsonResult.of(copied)).isEqualTo(input);
    }

    /** Forces the view to be walked, as an expression that rebuilds its input would do. */
    private static Object deepCopy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new java.util.LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(key, deepCopy(item)));
            assertThat(copy).hasSize(map.size());
            copy.keySet().forEach(key -> assertThat(map.containsKey(key)).isTrue());
            return copy;
        }
        return value instanceof List<?> list
                ? list.stream().map(JsonPropertyTest::deepCopy).toList()
                : value;
    }

    @Property(tries = 300)
    void sizeIsThatOfTheUtf8Text(@ForAll("values") JsonNode value) {
        int bytes = Json.text(value).getBytes(StandardCharsets.UTF_8).length;
        ArrayNode boxed = Json.NODES.arrayNode().add(value);
        assertThat(Json.isLargerThan(boxed, bytes + 2)).isFalse();
        assertThat(Json.isLargerThan(boxed, bytes + 1)).isTrue();
    }
}
