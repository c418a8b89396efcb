package dev.resync.cli.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** One JSON file of a case, read strictly: a field that stands twice in an object is a mistake. */
final class CaseFile {

    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private static final int LONGEST_QUOTE = 60;

    private final Path file;
    private final String name;
    private final ShownValues shown;

    /**
     * @param folder folder of the case
     * @param name path of the file in it, with slashes
     * @param shown what of it may be quoted
     */
    CaseFile(Path folder, String name, ShownValues shown) {
        this.shown = shown;
        this.file = folder.resolve(name);
        this.name = name;
    }

    boolean exists() {
        return Files.isRegularFile(file);
    }

    CaseInvalid invalid(String what) {
        return new CaseInvalid(name + " " + what);
    }

    /** Returns the beginning of what stands in the file, as far as it may be shown. */
    String quoted(String text) {
        return shown.text(Columns.cut(text, LONGEST_QUOTE));
    }

    /** Returns the one object in the file. */
    JsonNode object() {
        List<JsonNode> values = values();
        if (values.size() != 1 || !values.get(0).isObject()) {
            throw invalid("does not hold one JSON object; write one");
        }
        return values.get(0);
    }

    /** Returns the objects in the file: the elements of its array, or its objects one after the other. */
    List<JsonNode> objects() {
        List<JsonNode> objects = new ArrayList<>();
        for (JsonNode value : values()) {
            if (value.isArray()) {
                value.forEach(objects::add);
            } else {
                objects.add(value);
            }
        }
        for (JsonNode each : objects) {
            if (!each.isObject()) {
                throw invalid("holds " + quoted(each.toString())
                        + " where a document should stand; expected an array of objects, or one object a line");
            }
        }
        return objects;
    }

    /** Returns the documents in the file, of extended JSON. */
    List<BsonDocument> documents() {
        return objects().stream().map(this::document).toList();
    }

    /** Returns the documents of the one array in the file. */
    List<BsonDocument> array() {
        List<JsonNode> values = values();
        if (values.size() != 1 || !values.get(0).isArray()) {
            throw invalid("does not hold one JSON array; write [ and ] around its documents");
        }
        return documents();
    }

    /** Returns a value of extended JSON that stands in the file. */
    BsonValue value(JsonNode json) {
        return parsed("{\"v\": " + json + "}", json, "value").get("v");
    }

    private BsonDocument document(JsonNode object) {
        return parsed(object.toString(), object, "document");
    }

    private BsonDocument parsed(String json, JsonNode quoted, String what) {
        try {
            return BsonDocument.parse(json);
        } catch (RuntimeException notBson) {
            // The driver's parser raises whatever its parts raise, for an ObjectId that is none, for instance.
            throw invalid("holds " + quoted(quoted.toString()) + ", which is no " + what + ": "
                    + shown.text(notBson.getMessage()) + "; see MongoDB Extended JSON v2");
        }
    }

    /** Returns the values in the file as they stand there, one after the other. */
    private List<JsonNode> values() {
        List<JsonNode> values = new ArrayList<>();
        try (JsonParser parser = STRICT.createParser(Files.readString(file))) {
            // Not readValues, which takes an array for its elements and passes over what follows it.
            for (JsonNode value = STRICT.readTree(parser); value != null; value = STRICT.readTree(parser)) {
                values.add(value);
            }
            return values;
        } catch (JacksonException notJson) {
            throw invalid("is not JSON: " + shown.text(notJson.getOriginalMessage())
                    + (notJson.getLocation() == null
                            ? ""
                            : " (line " + notJson.getLocation().getLineNr() + ")"));
        } catch (IOException unreadable) {
            throw invalid("cannot be read: " + unreadable);
        }
    }
}
