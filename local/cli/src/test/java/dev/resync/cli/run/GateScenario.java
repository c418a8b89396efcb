package dev.resync.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A story about gates as {@code scenarios/gates} keeps it.
 *
 * @param story what happens, for people
 * @param data what the database holds before: {@code revalidation} or {@code world}
 * @param plan changes of the plan, as a JSON Patch (add, replace, remove); may be null
 * @param documents changes of documents after a dry run has passed; may be null
 * @param refused every gate that must refuse; null or empty where the run must pass
 * @param ending ending of the run
 * @param twin the same story with this much changed, which must pass
 */
record GateScenario(
        String story,
        String data,
        List<Patch> plan,
        List<DocumentChange> documents,
        List<Refusal> refused,
        String ending,
        Twin twin) {

    GateScenario {
        plan = plan == null ? List.of() : plan;
        documents = documents == null ? List.of() : documents;
        refused = refused == null ? List.of() : refused;
    }

    /** One step of a JSON Patch (RFC 6902). */
    record Patch(String op, String path, JsonNode value) {

        JsonNode applyTo(JsonNode document) {
            int cut = path.lastIndexOf('/');
            JsonNode parent = document.at(path.substring(0, cut));
            String name = path.substring(cut + 1).replace("~1", "/").replace("~0", "~");
            if (!op.equals("add") && parent.path(name).isMissingNode() && !parent.isArray()) {
                throw new AssertionError("The plan has nothing at " + path + " to " + op);
            }
            if (parent instanceof ObjectNode object) {
                if (op.equals("remove")) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            } else if (parent instanceof ArrayNode array) {
                if (op.equals("remove")) {
                    array.remove(Integer.parseInt(name));
                } else if (op.equals("replace")) {
                    array.set(Integer.parseInt(name), value);
                } else {
                    array.insert(name.equals("-") ? array.size() : Integer.parseInt(name), value);
                }
            } else {
                throw new AssertionError("The plan has nothing at " + path.substring(0, cut));
            }
            return document;
        }
    }

    /**
     * A change of documents: one of update, delete and insert.
     *
     * @param collection database and collection
     * @param filter which documents; null for all
     * @param share how many of those, the first by {@code _id}, 0 to 1; null for all
     * @param update MongoDB update, such as {@code {"$rename": {"lat": "latitude"}}}
     * @param delete whether they are deleted
     * @param insert documents to insert
     */
    record DocumentChange(
            String collection, JsonNode filter, Double share, JsonNode update, boolean delete, List<JsonNode> insert) {}

    /**
     * A gate that must refuse.
     *
     * @param gate name of the gate
     * @param subject what it judges
     * @param value what it found; null where that does not matter
     * @param limit its limit; null where that does not matter
     */
    record Refusal(String gate, String subject, Double value, Double limit) {}

    /**
     * What is changed so that the run passes.
     *
     * @param plan further changes of the plan; null for none
     * @param documents changes of documents in place of the story's; null for the same
     * @param ending ending of the run
     */
    record Twin(List<Patch> plan, List<DocumentChange> documents, String ending) {}

    static GateScenario read(Path folder) throws IOException {
        return new ObjectMapper().readValue(folder.resolve("scenario.json").toFile(), GateScenario.class);
    }

    /** Returns the story with the changes of its twin. */
    GateScenario passing() {
        List<Patch> both = new java.util.ArrayList<>(plan);
        both.addAll(twin.plan() == null ? List.of() : twin.plan());
        return new GateScenario(
                story,
                data,
                both,
                twin.documents() == null ? documents : twin.documents(),
                List.of(),
                twin.ending(),
                null);
    }
}
