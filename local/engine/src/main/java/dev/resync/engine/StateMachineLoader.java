package dev.resync.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Turns a definition into a {@link StateMachine}, or says everything that is wrong with it. */
final class StateMachineLoader {
    private StateMachineLoader() {}

    static StateMachine load(String name, String arn, String definition) {
        try {
            return load(name, arn, Json.parse(definition));
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new DefinitionInvalid(
                    name, List.of(new DefinitionInvalid.Problem("", "not JSON: " + e.getOriginalMessage() + where)));
        }
    }

    static StateMachine load(String name, String arn, JsonNode definition) {
        MachineArn parsed = MachineArn.parse(arn);
        Problems problems = new Problems();
        Fields top = new Fields(definition, "", "state machine", problems);
        top.text("Comment");
        String version = top.text("Version");
        if (version != null && !version.equals("1.0")) {
            top.problem("Version", "the only version is 1.0");
        }
        String language = top.text("QueryLanguage");
        if (language != null && !Set.of("JSONata", "JSONPath").contains(language)) {
            top.problem("QueryLanguage", "unknown query language " + language);
        }
        if (language == null && !top.has("QueryLanguage") && !statesNameTheirLanguage(definition)) {
            problems.add("", "QueryLanguage is missing, which means JSONPath; only JSONata is supported");
        }
        Long timeout = top.integer("TimeoutSeconds", 1, Limits.MOST_SECONDS, null);
        boolean jsonataByDefault = "JSONata".equals(language);
        Scope scope = new ScopeReader(problems, jsonataByDefault).read(top, Set.of());
        top.done();
        problems.throwIfAny(name);
        return new StateMachine(name, parsed, definition.deepCopy(), scope, timeout);
    }

    private static boolean statesNameTheirLanguage(JsonNode definition) {
        JsonNode states = definition.path("States");
        if (states.isEmpty()) {
            return false;
        }
        for (JsonNode state : states) {
            if (!state.has("QueryLanguage")) {
                return false;
            }
        }
        return true;
    }
}
