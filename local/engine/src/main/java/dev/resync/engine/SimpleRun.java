package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** Pass, Succeed and Fail: done as soon as begun. */
final class SimpleRun extends StateRun {
    SimpleRun(Walk walk, State state, JsonNode input, long enteredEventId) {
        super(walk, state, input, enteredEventId);
    }

    @Override
    protected void begin() {
        Bindings bindings = bindings();
        if (state() instanceof State.Pass pass) {
            leave(pass.exit(), bindings, input());
        } else if (state() instanceof State.Succeed succeed) {
            leave(new State.Exit(null, succeed.output(), null), bindings, input());
        } else if (state() instanceof State.Fail fail) {
            throw new StatesError(
                    Limits.text(fail.error(), bindings, "Error"), Limits.text(fail.cause(), bindings, "Cause"));
        }
    }
}
