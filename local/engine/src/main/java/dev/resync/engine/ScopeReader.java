package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a scope and checks what concerns its states together. One instance serves a whole definition. */
final class ScopeReader {
    private static final int LONGEST_STATE_NAME = 80;

    private final Problems problems;
    private final boolean jsonataByDefault;
    private final Map<String, String> pointerOfName = new HashMap<>();
    private final Set<String> labels = new HashSet<>();

    ScopeReader(Problems problems, boolean jsonataByDefault) {
        this.problems = problems;
        this.jsonataByDefault = jsonataByDefault;
    }

    boolean jsonataByDefault() {
        return jsonataByDefault;
    }

    /** @return false if the label was taken already */
    boolean claimLabel(String label) {
        return labels.add(label);
    }

    /**
     * Reads StartAt and States.
     *
     * @param outerVariables names that enclosing scopes assign and that this scope can therefore not assign
     */
    Scope read(Fields fields, Set<String> outerVariables) {
        String startAt = fields.requireText("StartAt");
        JsonNode states = fields.require("States");
        if (!(states instanceof ObjectNode given) || given.isEmpty()) {
            if (states != null) {
                fields.problem("States", "States must be an object with at least one state");
            }
            return new Scope(startAt, Map.of());
        }
        Set<String> visible = checkAssignments(given, fields.pointer("States"), outerVariables);
        Map<String, State> read = new LinkedHashMap<>();
        Map<String, Targets> targets = new LinkedHashMap<>();
        given.properties().forEach(entry -> {
            String name = entry.getKey();
            String pointer = Pointer.child(fields.pointer("States"), name);
            checkName(name, pointer);
            Targets leadsTo = new Targets();
            State state = new StateReader(this, problems, leadsTo, visible).read(name, entry.getValue(), pointer);
            targets.put(name, leadsTo);
            if (state != null) {
                read.put(name, state);
            }
        });
        checkGraph(fields, startAt, targets);
        return new Scope(startAt, Map.copyOf(read));
    }

    private void checkName(String name, String pointer) {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_STATE_NAME) {
            problems.add(pointer, "a state name has 1 to " + LONGEST_STATE_NAME + " characters");
        }
        String other = pointerOfName.putIfAbsent(name, pointer);
        if (other != null) {
            problems.add(pointer, "the state name '" + name + "' is used already at " + other);
        }
    }

    private Set<String> checkAssignments(ObjectNode states, String pointer, Set<String> outerVariables) {
        Set<String> visible = new TreeSet<>(outerVariables);
        states.properties().forEach(state -> AssignedNames.in(state.getValue(), Pointer.child(pointer, state.getKey()))
                .forEach((where, name) -> {
                    if (outerVariables.contains(name)) {
                        problems.add(where, "variable '" + name + "' belongs to an outer scope");
                    }
                    visible.add(name);
                }));
        return visible;
    }

    private void checkGraph(Fields fields, String startAt, Map<String, Targets> states) {
        states.values().forEach(leadsTo -> leadsTo.byPointer().forEach((where, target) -> {
            if (!states.containsKey(target)) {
                problems.add(where, "there is no state '" + target + "' in this scope");
            }
        }));
        if (startAt == null) {
            return;
        }
        if (!states.containsKey(startAt)) {
            fields.problem("StartAt", "there is no state '" + startAt + "'");
            return;
        }
        Set<String> reached = reachableFrom(startAt, states);
        states.keySet().stream()
                .filter(name -> !reached.contains(name))
                .forEach(name -> problems.add(
                        Pointer.child(fields.pointer("States"), name), "the state '" + name + "' cannot be reached"));
        if (reached.stream().noneMatch(name -> states.get(name).terminal())) {
            fields.problem("States", "no state ends this scope");
        }
    }

    private static Set<String> reachableFrom(String start, Map<String, Targets> states) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(start));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (states.containsKey(name) && reached.add(name)) {
                open.addAll(states.get(name).byPointer().values());
            }
        }
        return reached;
    }
}
