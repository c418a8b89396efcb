package dev.resync.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.run.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A story about gates as {@code scenarios/gates} keeps it.
 *
 * @param story what happens, for people
 * @param data what the database holds before: {@code revalidation} or {@code world}
 * @param plan changes of the plan, as a JSON Patch (add, replace, remove); may be null
 * @param given changes of documents before anything else; may be null
 * @param documents changes of documents after a dry run has passed; may be null
 * @param restore whether the real run must pass and its snapshot is then brought back, which is what the rest speaks of
 * @param during what happens in the middle of the last run; may be null
 * @param refused every gate that must refuse; null or empty where none must
 * @param error simple name of the error that must end the run though all gates passed; null where none must
 * @param found what must be found at the end; may be null
 * @param ending ending of the last run
 * @param twin the same story with this much changed, which must pass
 */
record GateScenario(
        String story,
        String data,
        List<Patch> plan,
        List<DocumentChange> given,
        List<DocumentChange> documents,
        boolean restore,
        List<Disturbance> during,
        List<Refusal> refused,
        String error,
        List<Found> found,
        Ending ending,
        Twin twin) {

    private static final Set<String> DATA = Set.of("revalidation", "world");

    GateScenario {
        plan = plan == null ? List.of() : plan;
        given = given == null ? List.of() : given;
        documents = documents == null ? List.of() : documents;
        during = during == null ? List.of() : during;
        refused = refused == null ? List.of() : refused;
        found = found == null ? List.of() : found;
        if (story == null || ending == null || !DATA.contains(data)) {
            throw new IllegalArgumentException("story is " + story + ", data " + data + ", ending " + ending
                    + "; expected a text, one of " + DATA + " and an ending.");
        }
        if (error != null && !refused.isEmpty()) {
            throw new IllegalArgumentException("error is " + error + " beside refused; expected one of the two.");
        }
    }

    /** Returns the full name of the error that must end the run; empty for none. */
    String expectedError() {
        if (error == null && refused.isEmpty()) {
            return "";
        }
        return "dev.resync.error." + (error == null ? "GateRefused" : error);
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
     * A gate that must refuse.
     *
     * @param gate name of the gate
     * @param subject what it judges
     * @param value what it found; null where that does not matter
     * @param limit its limit; null where that does not matter
     */
    record Refusal(String gate, String subject, Double value, Double limit) {}

    /**
     * What must be found at the end.
     *
     * @param collection database and collection
     * @param filter MongoDB filter
     * @param documents how many documents it must find
     */
    record Found(String collection, JsonNode filter, long documents) {}

    /**
     * What is changed so that the run passes: at least one of plan, documents and during.
     *
     * @param plan further changes of the plan; null for none
     * @param documents changes of documents in place of the story's; null for the same
     * @param during what happens in the middle of the last run in place of the story's; null for the same
     * @param found what must be found at the end; may be null
     * @param ending ending of the run
     */
    record Twin(
            List<Patch> plan,
            List<DocumentChange> documents,
            List<Disturbance> during,
            List<Found> found,
            Ending ending) {
        Twin {
            if (plan == null && documents == null && during == null) {
                throw new IllegalArgumentException("A twin differs in nothing; expected plan, documents or during.");
            }
        }
    }

    static GateScenario read(Path folder) throws IOException {
        return new ObjectMapper().readValue(folder.resolve("scenario.json").toFile(), GateScenario.class);
    }

    /** Returns the story with the changes of its twin. */
    GateScenario passing() {
        List<Patch> both = new ArrayList<>(plan);
        both.addAll(twin.plan() == null ? List.of() : twin.plan());
        return new GateScenario(
                story,
                data,
                both,
                given,
                twin.documents() == null ? documents : twin.documents(),
                restore,
                twin.during() == null ? during : twin.during(),
                List.of(),
                null,
                twin.found(),
                twin.ending(),
                null);
    }
}
