package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.model.Filters;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.hash.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A draft of the world's plan is valid, and three edits away from a view that is live. */
class PlanDraftTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WorldDatabase world;

    @TempDir
    private Path folder;

    @BeforeEach
    void load() {
        world = new WorldDatabase();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Said draft(String... others) {
        List<String> arguments = new ArrayList<>(List.of("plan", "draft", "--mongo-uri", world.uri()));
        arguments.addAll(List.of("--sources", "world.regions,world.cities", "--target", "world.regionView"));
        arguments.addAll(List.of(others));
        return Cli.type(arguments.toArray(String[]::new));
    }

    private Path draftFile() {
        Path file = folder.resolve("region-view.json");
        Said said = draft("--output", file.toString());
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(Cli.type("plan", "validate", file.toString()).exitCode()).isZero();
        return file;
    }

    private static String[] run(WorldDatabase world, Path plan, String... others) {
        return world.run(plan.toString(), others);
    }

    private JsonNode cutOver(Path plan) {
        Said dryRun = Cli.type(run(world, plan));
        assertThat(dryRun.exitCode()).as(dryRun.out() + dryRun.err()).isZero();
        JsonNode real = Cli.type(run(
                        world, plan, "--confirm", dryRun.json().path("confirm").asText()))
                .json();
        assertThat(real.path("ending").asText()).isEqualTo("CUT_OVER");
        return real;
    }

    @Test
    void withoutATargetThreeEditsMakeTheDraftTheExamplesView() throws IOException {
        Path file = draftFile();
        JsonNode plan = JSON.readTree(file.toFile());
        // What the to-do list asks for: the scan, and numbers in place of their texts.
        ((ObjectNode) plan.at("/sources/cities")).put("allowScan", true);
        ObjectNode lat = (ObjectNode) plan.at("/targets/regionView/fields/2/fields/1");
        assertThat(lat.path("path").asText()).isEqualTo("lat");
        lat.put("type", "double");
        ObjectNode lng = (ObjectNode) plan.at("/targets/regionView/fields/2/fields/2");
        assertThat(lng.path("path").asText()).isEqualTo("lng");
        lng.put("type", "double");
        Files.writeString(file, plan.toString());

        JsonNode real = cutOver(file);

        assertThat(real.at("/sources/cities/used").asInt()).isEqualTo(WorldDatabase.REGIONS * 5);
        BsonDocument view =
                world.collection("regionView").find(Filters.eq("_id", "R.007")).first();
        assertThat(view).isNotNull();
        assertThat(view.keySet()).containsExactly("_id", "name", "country", "cities");
        assertThat(view.getArray("cities")).hasSize(5);
        assertThat(view.getArray("cities").get(3))
                .isEqualTo(BsonDocument.parse("{name: 'City 3', lat: 7.5, lng: -3.25}"));
    }

    @Test
    void withoutATargetTheDraftSaysWhatItSaw() throws IOException {
        Said said = draft("--json", "--sample", "2000");
        JsonNode plan = said.json().path("plan");
        assertThat(plan.path("plan").asText()).isEqualTo("region-view");
        assertThat(plan.at("/key/type").asText()).isEqualTo("string");
        assertThat(plan.at("/sources/regions"))
                .isEqualTo(JSON.readTree(
                        "{\"namespace\": \"world.regions\", \"key\": {\"field\": \"_id\", \"type\": \"string\"},"
                                + " \"cardinality\": \"one\", \"drives\": true}"));
        assertThat(plan.at("/sources/cities"))
                .isEqualTo(JSON.readTree("{\"namespace\": \"world.cities\","
                        + " \"key\": {\"field\": \"regionCode\", \"type\": \"string\"}, \"cardinality\": \"many\"}"));
        assertThat(plan.at("/targets/regionView/allowCreate").asBoolean()).isTrue();
        List<String> toDo = new ArrayList<>();
        said.json().path("toDo").forEach(line -> toDo.add(line.asText()));
        assertThat(toDo)
                .anyMatch(line -> line.startsWith("/sources/cities/key/field: world.cities.regionCode has no index"))
                .anyMatch(line -> line.startsWith("/sources/cities/drives: 99.5 %") && line.contains("unmatched"))
                .anyMatch(line -> line.contains("cities.lat are numbers"))
                .anyMatch(line -> line.startsWith("/timeZone: "))
                .anyMatch(line -> line.startsWith("/targets/regionView/changeStreamConsumers: "));
    }

    @Test
    void aTargetThatExistsIsExplainedByItsValues() throws IOException {
        world.realRun();
        Path file = draftFile();
        JsonNode plan = JSON.readTree(file.toFile());
        JsonNode example = JSON.readTree(Path.of(WorldDatabase.PLAN).toFile());
        assertThat(withoutRequired(plan.at("/targets/regionView/fields")))
                .isEqualTo(withoutRequired(example.at("/targets/regionView/fields")));
        // The only edit: leave to scan.
        ((ObjectNode) plan.at("/sources/cities")).put("allowScan", true);
        Files.writeString(file, plan.toString());
        ContentHash before = world.view();

        JsonNode target = cutOver(file).at("/targets/regionView");

        assertThat(target.path("unchanged").asInt()).isEqualTo(WorldDatabase.REGIONS);
        assertThat(world.view()).isEqualTo(before);
    }

    private static JsonNode withoutRequired(JsonNode fields) {
        JsonNode copy = fields.deepCopy();
        copy.findParents("required").forEach(rule -> ((ObjectNode) rule).remove("required"));
        return copy;
    }

    @Test
    void whatNothingExplainsIsLeftToDo() {
        world.realRun();
        world.collection("regionView")
                .updateMany(new BsonDocument(), BsonDocument.parse("{$set: {mood: 'sunny', empty: null}}"));
        JsonNode said = draft("--json").json();
        assertThat(said.at("/plan/targets/regionView/fields").findValuesAsText("path"))
                .doesNotContain("mood", "empty");
        assertThat(said.path("toDo").toString())
                .contains("/targets/regionView/fields: mood has no rule: no field of a source has its values")
                .contains("/targets/regionView/fields: empty has no value in the documents seen");
    }

    @Test
    void nothingIsWritten() {
        world.realRun();
        Map<String, ContentHash> before = everything();
        draft("--sample", "50");
        assertThat(everything()).isEqualTo(before);
    }

    private Map<String, ContentHash> everything() {
        Map<String, ContentHash> hashes = new TreeMap<>();
        for (String name : world.names()) {
            hashes.put(name, world.view(name));
        }
        return hashes;
    }

    @Test
    void whatIsTypedWrongIsRefused() throws IOException {
        assertThat(Cli.type(
                                "plan",
                                "draft",
                                "--mongo-uri",
                                world.uri(),
                                "--sources",
                                "world.citis",
                                "--target",
                                "world.v")
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("--sources has world.citis", "cities");
        Cli.type("plan", "draft", "--mongo-uri", world.uri(), "--sources", "world.cities")
                .failedWith("RequestInvalid", 16);
        Cli.type("plan", "draft", "--mongo-uri", world.uri(), "--target", "world.v")
                .failedWith("RequestInvalid", 16);
        Cli.type("plan", "draft", "--mongo-uri", world.uri(), "--sources", "cities", "--target", "world.v")
                .failedWith("RequestInvalid", 16);
        assertThat(draft("--sample", "0").failedWith("RequestInvalid", 16).err())
                .contains("--sample is 0");
        assertThat(draft("--name", "Region").failedWith("RequestInvalid", 16).err())
                .contains("--name is Region");
        Path file = folder.resolve("there.json");
        Files.writeString(file, "mine");
        draft("--output", file.toString()).failedWith("RequestInvalid", 16);
        assertThat(file).hasContent("mine");
    }
}
