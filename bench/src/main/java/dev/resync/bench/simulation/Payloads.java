package dev.resync.bench.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.HistoryEvent;
import dev.resync.store.ControlJson;
import java.util.List;

/** The largest JSON value that the state machines passed on, as Step Functions measures it: bytes of its text in UTF-8. */
final class Payloads {

    private static final List<String> FIELDS = List.of("input", "output", "parameters", "assignedVariables");

    private long largest;
    private String where = "";

    /** Looks at all that an event holds. */
    void look(HistoryEvent event, String state) {
        for (String field : FIELDS) {
            JsonNode value = event.details().get(field);
            if (value != null) {
                take(bytes(value), field + " of " + state);
            }
        }
    }

    /** Looks at a value that no event holds. */
    void take(long bytes, String what) {
        if (bytes > largest) {
            largest = bytes;
            where = what;
        }
    }

    static long bytes(JsonNode value) {
        try {
            return ControlJson.mapper().writeValueAsBytes(value).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    long largest() {
        return largest;
    }

    /** Returns which it is; empty before there was one. */
    String where() {
        return where;
    }
}
