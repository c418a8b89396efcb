package dev.resync.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.resync.error.PlanUnknown;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A plan as its author wrote it.
 *
 * @param file where it stands
 * @param text the file's text
 */
record PlanDocument(Path file, String text) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a file without looking at what it says.
     *
     * @throws PlanUnknown if there is no such file or it cannot be read
     */
    static PlanDocument read(Path file) {
        try {
            return new PlanDocument(file, Files.readString(file));
        } catch (IOException unreadable) {
            throw new PlanUnknown(file, unreadable);
        }
    }

    /**
     * Returns the plan.
     *
     * @throws dev.resync.error.PlanInvalid if the text is not a valid plan
     */
    Plan plan() {
        return new PlanReader().read(file.toString(), text);
    }

    /** Returns the text as a tree; a missing node where it is no JSON. */
    JsonNode tree() {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }
}
