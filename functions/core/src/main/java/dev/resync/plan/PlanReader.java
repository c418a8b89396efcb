package dev.resync.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.resync.error.PlanInvalid;
import dev.resync.error.PlanInvalid.Problem;
import java.util.List;

/** Reads plan documents: JSON, then the schema, then everything a schema cannot say. Thread-safe. */
public final class PlanReader {

    private final SchemaCheck schema = new SchemaCheck();
    private final ObjectMapper json = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * Reads a plan.
     *
     * @param label name or file of the document, for messages; never null
     * @param document JSON text; never null
     * @return the plan, valid, with all defaults filled in
     * @throws PlanInvalid if the text is no JSON, has a key twice in one object, breaks the schema or contradicts itself;
     *     it carries every problem found
     */
    public Plan read(String label, String document) {
        JsonNode tree = parse(label, document);
        Problems problems = new Problems();
        schema.check(document, tree).forEach(problems::add);
        new PlanCheck(tree, problems).check();
        if (!problems.isEmpty()) {
            throw new PlanInvalid(label, problems.sorted(tree));
        }
        Plan plan = new PlanBuilder(tree).build();
        new SensitivityCheck(plan, problems).check();
        if (!problems.isEmpty()) {
            throw new PlanInvalid(label, problems.sorted(tree));
        }
        return plan;
    }

    private JsonNode parse(String label, String document) {
        try {
            return json.readTree(document);
        } catch (JacksonException notJson) {
            throw new PlanInvalid(label, List.of(new Problem(pointer(notJson), describe(notJson))));
        }
    }

    private static String pointer(JacksonException notJson) {
        return notJson instanceof JsonParseException parse && parse.getProcessor() != null
                ? parse.getProcessor().getParsingContext().pathAsPointer().toString()
                : "";
    }

    private static String describe(JacksonException notJson) {
        String where = notJson.getLocation() == null
                ? ""
                : " (line " + notJson.getLocation().getLineNr() + ", column "
                        + notJson.getLocation().getColumnNr() + ")";
        String what = notJson.getOriginalMessage();
        return what.startsWith("Duplicate field") || what.startsWith("Duplicate Object property")
                ? "this field stands in the object twice" + where + "; remove one of them"
                : "is not JSON: " + what + where;
    }
}
