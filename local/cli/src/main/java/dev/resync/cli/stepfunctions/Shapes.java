package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;

/** How values stand in answers: fields without a value are left out, times are seconds with decimals. */
final class Shapes {

    private static final int MILLIS = 3;

    private Shapes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static void put(ObjectNode answer, String name, String value) {
        if (value != null) {
            answer.put(name, value);
        }
    }

    static void put(ObjectNode answer, String name, Instant time) {
        if (time != null) {
            answer.put(name, BigDecimal.valueOf(time.toEpochMilli(), MILLIS));
        }
    }
}
