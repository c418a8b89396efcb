package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.Engine;
import dev.resync.engine.RegisteredMachine;

/**
 * What the ARN of a state machine names: a machine, or what the children of one of its distributed maps run.
 *
 * @param arn as asked for
 * @param machine the whole one
 * @param label of the map; null where the ARN has none
 * @param definition of the machine, or of the map's item processor
 */
record NamedMachine(String arn, RegisteredMachine machine, String label, JsonNode definition) {

    /**
     * Finds it.
     *
     * @throws ApiError where there is none of that name, or no map has that label
     */
    static NamedMachine find(Engine engine, String arn) {
        int slash = arn.indexOf('/');
        String whole = slash < 0 ? arn : arn.substring(0, slash);
        String label = slash < 0 ? null : arn.substring(slash + 1);
        RegisteredMachine machine = engine.listStateMachines().stream()
                .filter(each -> each.machine().arn().equals(whole))
                .findFirst()
                .orElseThrow(() -> unknown(arn));
        JsonNode definition = machine.machine().definition();
        JsonNode named = label == null ? definition : processor(definition, label);
        if (named == null) {
            throw unknown(arn);
        }
        return new NamedMachine(arn, machine, label, named);
    }

    static ApiError unknown(String arn) {
        return new ApiError("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
    }

    private static JsonNode processor(JsonNode within, String label) {
        if (within.path("Type").asText().equals("Map")
                && within.path("Label").asText().equals(label)) {
            return within.path("ItemProcessor");
        }
        for (JsonNode part : within) {
            JsonNode found = processor(part, label);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
