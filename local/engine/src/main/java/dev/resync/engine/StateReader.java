package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one state. */
final class StateReader {
    private static final Pattern VARIABLE =
            Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Mn}\\p{Mc}\\p{Nd}\\p{Pc}]*");

    private final ScopeReader scopes;
    private final Problems problems;
    private final Targets targets;
    private final Set<String> variables;

    StateReader(ScopeReader scopes, Problems problems, Targets targets, Set<String> variables) {
        this.scopes = scopes;
        this.problems = problems;
        this.targets = targets;
        this.variables = variables;
    }

    State read(String name, JsonNode node, String pointer) {
        String type = node.path("Type").asText("");
        Fields fields =
                new Fields(node, pointer, "state '" + name + "'" + (type.isEmpty() ? "" : " (" + type + ")"), problems);
        if (!node.isObject() || fields.requireText("Type") == null) {
            return null;
        }
        fields.text("Comment");
        checkLanguage(fields);
        State state = ofType(type, name, fields);
        if (state == null && !KNOWN_TYPES.contains(type)) {
            fields.problem("Type", "unknown type " + type);
            return null;
        }
        fields.done();
        return state;
    }

    private static final Set<String> KNOWN_TYPES =
            Set.of("Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map");

    private State ofType(String type, String name, Fields fields) {
        return switch (type) {
            case "Pass" -> new State.Pass(name, exit(fields));
            case "Succeed" -> succeed(name, fields);
            case "Fail" -> fail(name, fields);
            case "Wait" -> waiting(name, fields);
            case "Choice" -> choice(name, fields);
            case "Parallel" -> parallel(name, fields);
            case "Task" -> new TaskReader(fields).read(name, handling(fields), exit(fields));
            case "Map" -> new MapReader(fields, scopes, variables).read(name, handling(fields), exit(fields));
            default -> null;
        };
    }

    private void checkLanguage(Fields fields) {
        String language = fields.text("QueryLanguage");
        if (language == null ? !scopes.jsonataByDefault() : !language.equals("JSONata")) {
            problems.add(
                    language == null ? fields.pointer() : fields.pointer("QueryLanguage"),
                    "the query language of this state is "
                            + (language == null ? "JSONPath by default" : language)
                            + "; only JSONata is supported");
        }
    }

    private State succeed(String name, Fields fields) {
        targets.end();
        return new State.Succeed(name, fields.template("Output"));
    }

    private State fail(String name, Fields fields) {
        targets.end();
        return new State.Fail(name, fields.string("Error"), fields.string("Cause"));
    }

    private State waiting(String name, Fields fields) {
        if (fields.has("Seconds") == fields.has("Timestamp")) {
            problems.add(
                    fields.pointer(), "state '" + name + "' (Wait): exactly one of Seconds and Timestamp is needed");
        }
        Template seconds = fields.number("Seconds", 0, Limits.MOST_SECONDS, true);
        Template timestamp = fields.string("Timestamp");
        if (timestamp != null
                && timestamp.constant() != null
                && !Times.isTimestamp(timestamp.constant().asText())) {
            fields.problem("Timestamp", "Timestamp must be RFC 3339, such as 2030-01-31T12:00:00Z");
        }
        return new State.Wait(name, seconds, timestamp, exit(fields));
    }

    private State choice(String name, Fields fields) {
        List<State.Rule> rules = new ArrayList<>();
        JsonNode choices = fields.require("Choices");
        if (choices != null && (!choices.isArray() || choices.isEmpty())) {
            fields.problem("Choices", "Choices must be an array with at least one rule");
        }
        for (int i = 0; choices != null && choices.isArray() && i < choices.size(); i++) {
            String pointer = Pointer.child(fields.pointer("Choices"), String.valueOf(i));
            Fields rule = new Fields(choices.get(i), pointer, "a rule of state '" + name + "'", problems);
            rule.text("Comment");
            rule.require("Condition");
            Template condition = rule.template("Condition");
            if (condition != null
                    && condition.constant() != null
                    && !condition.constant().isBoolean()
                    && !Expression.isExpression(condition.constant().asText())) {
                rule.problem("Condition", "Condition must be a JSONata string or a boolean");
            }
            rules.add(new State.Rule(condition, exitTo(rule, next(rule, "Next", true))));
            rule.done();
        }
        String otherwise = next(fields, "Default", false);
        State.Exit exit = exitTo(fields, otherwise);
        return new State.Choice(name, List.copyOf(rules), otherwise == null ? null : exit);
    }

    private State parallel(String name, Fields fields) {
        List<Scope> branches = new ArrayList<>();
        JsonNode given = fields.require("Branches");
        if (given != null && (!given.isArray() || given.isEmpty())) {
            fields.problem("Branches", "Branches must be an array with at least one branch");
        }
        for (int i = 0; given != null && given.isArray() && i < given.size(); i++) {
            String pointer = Pointer.child(fields.pointer("Branches"), String.valueOf(i));
            Fields branch = new Fields(given.get(i), pointer, "branch " + i + " of state '" + name + "'", problems);
            branch.text("Comment");
            branches.add(scopes.read(branch, variables));
            branch.done();
        }
        return new State.Parallel(
                name, List.copyOf(branches), fields.template("Arguments"), handling(fields), exit(fields));
    }

    private State.ErrorHandling handling(Fields fields) {
        HandlingReader reader = new HandlingReader(fields);
        List<State.Catcher> catchers = new ArrayList<>();
        reader.catchers().forEach(entry -> {
            catchers.add(new State.Catcher(reader.errors(entry), exitTo(entry, next(entry, "Next", true))));
            entry.done();
        });
        return new State.ErrorHandling(reader.retriers(), List.copyOf(catchers));
    }

    private State.Exit exit(Fields fields) {
        JsonNode end = fields.take("End");
        String next = next(fields, "Next", false);
        if (end != null && !end.isBoolean()) {
            fields.problem("End", "End must be true");
        }
        boolean ends = end != null && end.asBoolean();
        if (ends == fields.has("Next")) {
            problems.add(
                    fields.pointer(),
                    ends ? "a state cannot have both Next and End" : "the state needs either Next or End");
        }
        if (ends) {
            targets.end();
        }
        return exitTo(fields, next);
    }

    private String next(Fields fields, String field, boolean required) {
        String next = required ? fields.requireText(field) : fields.text(field);
        if (next != null) {
            targets.add(fields.pointer(field), next);
        }
        return next;
    }

    private State.Exit exitTo(Fields fields, String next) {
        JsonNode assign = fields.take("Assign");
        if (assign != null && !assign.isObject()) {
            fields.problem("Assign", "Assign must be an object");
        } else if (assign != null) {
            assign.fieldNames().forEachRemaining(name -> checkVariable(name, fields.pointer("Assign")));
        }
        return new State.Exit(fields.template("Assign"), fields.template("Output"), next);
    }

    private void checkVariable(String name, String pointer) {
        if (name.equals("states")
                || name.length() > Limits.LONGEST_NAME
                || !VARIABLE.matcher(name).matches()) {
            problems.add(Pointer.child(pointer, name), "'" + name + "' cannot be the name of a variable");
        }
    }
}
