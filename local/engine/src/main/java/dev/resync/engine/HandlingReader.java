package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads Retry and Catch of a state. */
final class HandlingReader {
    private final Fields state;

    HandlingReader(Fields state) {
        this.state = state;
    }

    List<State.Retrier> retriers() {
        List<State.Retrier> retriers = new ArrayList<>();
        for (Fields entry : entries("Retry")) {
            entry.text("Comment");
            String jitter = entry.text("JitterStrategy");
            if (jitter != null && !jitter.equals("FULL") && !jitter.equals("NONE")) {
                entry.problem("JitterStrategy", "JitterStrategy must be FULL or NONE");
            }
            long interval = entry.integer("IntervalSeconds", 1, Limits.MOST_SECONDS, 1L);
            Long longest = entry.integer("MaxDelaySeconds", 1, Limits.MOST_DELAY_SECONDS, null);
            if (longest != null && longest <= interval) {
                entry.problem("MaxDelaySeconds", "MaxDelaySeconds must be larger than IntervalSeconds");
            }
            retriers.add(new State.Retrier(
                    errors(entry),
                    interval,
                    backoff(entry),
                    entry.integer("MaxAttempts", 0, Limits.MOST_SECONDS, 3L),
                    longest,
                    "FULL".equals(jitter)));
            entry.done();
        }
        return List.copyOf(retriers);
    }

    /** The Catch entries, of which the caller reads Next, Assign and Output. */
    List<Fields> catchers() {
        List<Fields> entries = entries("Catch");
        entries.forEach(entry -> entry.text("Comment"));
        return entries;
    }

    private static double backoff(Fields entry) {
        JsonNode rate = entry.take("BackoffRate");
        if (rate == null) {
            return 2.0;
        }
        if (!rate.isNumber() || !(rate.doubleValue() >= 1.0)) {
            entry.problem("BackoffRate", "BackoffRate must be a number of at least 1");
            return 1.0;
        }
        return rate.doubleValue();
    }

    List<String> errors(Fields entry) {
        List<String> errors = new ArrayList<>();
        JsonNode given = entry.require("ErrorEquals");
        if (given == null) {
            return errors;
        }
        if (!given.isArray() || given.isEmpty()) {
            entry.problem("ErrorEquals", "ErrorEquals must be an array with at least one name");
            return errors;
        }
        for (JsonNode name : given) {
            if (!name.isTextual()) {
                entry.problem("ErrorEquals", "error names are strings");
            } else {
                errors.add(name.textValue());
            }
        }
        if (errors.contains(StatesError.ALL) && errors.size() > 1) {
            entry.problem("ErrorEquals", "States.ALL must stand alone");
        }
        return List.copyOf(errors);
    }

    private List<Fields> entries(String list) {
        List<Fields> entries = new ArrayList<>();
        JsonNode given = state.take(list);
        if (given == null) {
            return entries;
        }
        if (!given.isArray()) {
            state.problem(list, list + " must be an array");
            return entries;
        }
        for (int i = 0; i < given.size(); i++) {
            String pointer = Pointer.child(state.pointer(list), String.valueOf(i));
            entries.add(new Fields(given.get(i), pointer, "an entry of " + list, state.problems()));
            boolean last = i == given.size() - 1;
            for (JsonNode name : given.get(i).path("ErrorEquals")) {
                if (!last && name.asText().equals(StatesError.ALL)) {
                    state.problems()
                            .add(Pointer.child(pointer, "ErrorEquals"), "States.ALL is allowed in the last entry only");
                }
            }
        }
        return entries;
    }
}
