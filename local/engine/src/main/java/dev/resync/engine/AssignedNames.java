package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the variables that a state assigns: in Assign itself and in its Choices and Catch entries. */
final class AssignedNames {
    private AssignedNames() {}

    /** Names by the pointer of where they are assigned. States inside the state are not looked at. */
    static Map<String, String> in(JsonNode state, String pointer) {
        Map<String, String> names = new LinkedHashMap<>();
        collect(state, pointer, names);
        for (String list : new String[] {"Choices", "Catch"}) {
            JsonNode entries = state.path(list);
            for (int i = 0; entries.isArray() && i < entries.size(); i++) {
                collect(entries.get(i), Pointer.child(Pointer.child(pointer, list), String.valueOf(i)), names);
            }
        }
        return names;
    }

    private static void collect(JsonNode owner, String pointer, Map<String, String> names) {
        String assign = Pointer.child(pointer, "Assign");
        owner.path("Assign").fieldNames().forEachRemaining(name -> names.put(Pointer.child(assign, name), name));
    }
}
