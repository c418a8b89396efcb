package dev.resync.engine;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** What the expressions of one state can see at one moment: {@code $states}, the variables and the functions. */
final class Bindings {
    private static final long LONGEST_MILLIS = 10_000;
    private static final int DEEPEST = 400;

    private final Library library;
    private final Map<String, JsonNode> variables;
    private final Map<String, Object> states = new HashMap<>();
    private Jsonata.Frame frame;

    Bindings(Library library, Map<String, JsonNode> variables, JsonNode input, JsonNode context) {
        this.library = library;
        this.variables = variables;
        states.put("input", JsonView.of(input));
        states.put("context", JsonView.of(context));
    }

    Bindings withResult(JsonNode result) {
        states.put("result", JsonView.of(result));
        return this;
    }

    Bindings withErrorOutput(StatesError error) {
        states.put("errorOutput", JsonView.of(error.errorOutput()));
        return this;
    }

    /** A frame belongs to no expression: one serves all fields that are evaluated with these bindings. */
    Jsonata.Frame frame(Jsonata expression) {
        if (frame == null) {
            frame = expression.createFrame();
            library.bindTo(frame);
            variables.forEach((name, value) -> frame.bind(name, JsonView.of(value)));
            frame.bind("states", states);
            frame.setRuntimeBounds(LONGEST_MILLIS, DEEPEST);
        }
        return frame;
    }
}
