package dev.resync.engine;

import java.util.Map;

/** A set of states that run one after the other: the machine, a Parallel branch or an ItemProcessor. */
record Scope(String startAt, Map<String, State> states) {
    State state(String name) {
        return states.get(name);
    }
}
