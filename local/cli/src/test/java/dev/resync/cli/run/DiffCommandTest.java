package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.output.ReceiptSchema;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next run would change, field by field. */
class DiffCommandTest {

    private WorldDatabase world;

    @BeforeEach
    void publishAndChangeTheSources() {
        world = new WorldDatabase(20);
        world.realRun();
        world.collection("cities").updateMany(Filters.lt("_id", 10), Updates.set("lat", "77"));
        world.collection("cities").updateOne(Filters.eq("_id", 20), Updates.unset("lng"));
        world.collection("regions").updateOne(Filters.eq("_id", "R.005"), Updates.set("name", "Fifth"));
        world.collection("regions").updateOne(Filters.eq("_id", "R.006"), Updates.set("zone", "new"));
        world.collection("regions").insertOne(BsonDocument.parse("{_id: 'R.900', name: 'New', country: 'R'}"));
        world.collection("cities")
                .insertOne(BsonDocument.parse("{_id: 900, name: 'Town', lat: '1', lng: '1', regionCode: 'R.900'}"));
        world.collection("regions").deleteOne(Filters.eq("_id", "R.019"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aDryRunSaysWhatWouldChange() {
        JsonNode dryRun = Cli.type(world.run(WorldDatabase.PLAN)).json();
        ReceiptSchema.requireKept(dryRun);
        assertThat(dryRun.path("unmappedFields").toString()).isEqualTo("{\"regions\":[\"zone\"]}");
        JsonNode report = diff(dryRun, "--json").json();
        assertThat(report.path("runId")).isEqualTo(dryRun.path("runId"));
        assertThat(report.path("unmappedFields")).isEqualTo(dryRun.path("unmappedFields"));
        JsonNode target = report.at("/targets/0");
        assertThat(target.at("/addedKeys/count").asInt()).isEqualTo(1);
        assertThat(target.at("/removedKeys/examples/0/key").asText()).isEqualTo("R.019");
        assertThat(target.path("differing").asInt())
                .isEqualTo(dryRun.at("/targets/regionView/changed").asInt())
                .isEqualTo(4);
        assertThat(target.path("fields").findValuesAsText("field"))
                .containsExactly("cities[].lat", "cities[].lng", "name");
        assertThat(target.at("/fields/0/changed/count").asInt())
                .as("ten cities")
                .isEqualTo(10);
        assertThat(target.at("/fields/0/changed/examples/1").toString())
                .isEqualTo("{\"key\":\"R.001\",\"before\":\"1.5\",\"after\":\"77.0\"}");
        assertThat(target.at("/fields/1/lost/count").asInt()).isEqualTo(1);
    }

    @Test
    void asATable() {
        JsonNode dryRun = Cli.type(world.run(WorldDatabase.PLAN)).json();
        String table = diff(dryRun).out();
        assertThat(table.lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "regionView: 1 keys added, 1 removed; 4 documents differ",
                        "added, such as R.900",
                        "removed, such as R.019",
                        "FIELD CHANGED ADDED LOST",
                        "cities[].lat 10 0 0",
                        "cities[].lng 0 0 1",
                        "R.004: '-0.25' -> none",
                        "name 1 0 0",
                        "R.005: 'Region 5' -> 'Fifth'",
                        "unmapped in regions: zone");
        assertThat(diff(dryRun, "--field", "cities").out())
                .contains("cities[].lat", "cities[].lng")
                .doesNotContain("Fifth");
        assertThat(diff(dryRun, "--field", "nam").out())
                .contains("no difference in nam; there are some in cities[].lat, cities[].lng, name");
    }

    @Test
    void aRealRunKeepsItsReport() {
        JsonNode real = world.realRun().json();
        assertThat(diff(real, "--json", "--target", "regionView", "--field", "name")
                        .json()
                        .at("/targets/0/fields/0/changed/count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatHasNoReportSaysWhy() {
        JsonNode real = world.realRun().json();
        assertThat(diff(real, "--target", "regionVew")
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("target is regionVew; expected one of regionView");
        Said restored = Cli.type(world.arguments(
                "restore",
                List.of("--snapshot", real.at("/snapshot/id").asText(), "--requested-by", "Ada", "--reason", "back")));
        assertThat(diff(restored.json()).failedWith("RequestInvalid", 16).err()).contains("a restore");
        world.control("differences").deleteMany(new BsonDocument());
        assertThat(diff(real).failedWith("RequestInvalid", 16).err()).contains("kept for 90 days");
        Cli.type("diff", "test-world-x", "--mongo-uri", world.uri()).failedWith("RunUnknown", 21);
    }

    @Test
    void aFieldOfARunWithoutDifferencesHasNoOthersToName() {
        world.realRun();
        JsonNode dryRun = Cli.type(world.run(WorldDatabase.PLAN)).json();
        assertThat(diff(dryRun, "--field", "name").out().lines())
                .contains("no difference in name; there is none in any other field either");
    }

    @Test
    void aRunThatWentBackIsNoRestore() {
        JsonNode real = world.realRun().json();
        world.control("runs").updateOne(Filters.eq("_id", real.path("runId").asText()), Updates.set("rollback", true));
        assertThat(diff(real).out()).contains("Fifth");
        world.control("differences").deleteMany(new BsonDocument());
        assertThat(diff(real).failedWith("RequestInvalid", 16).err())
                .contains("kept for 90 days")
                .doesNotContain("a restore");
    }

    private Said diff(JsonNode receipt, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("diff", receipt.path("runId").asText(), "--mongo-uri", world.uri()));
        arguments.addAll(List.of(options));
        return Cli.type(arguments.toArray(String[]::new));
    }
}
