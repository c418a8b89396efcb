package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.hash.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adopter's way with a plan and no Java: dry run, real run, again, a refusal, and back. */
class WorldRunTest {

    private WorldDatabase world;

    @BeforeEach
    void load() {
        world = new WorldDatabase();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aFirstRunBuildsTheViewAndAccountsForEveryDocument() {
        Said real = world.realRun();
        assertThat(real.exitCode()).isZero();
        assertThat(real.json().path("ending").asText()).isEqualTo("CUT_OVER");
        JsonNode cities = real.json().at("/sources/cities");
        assertThat(cities.path("read").asLong()).isEqualTo(WorldDatabase.REGIONS * 5 + 2);
        assertThat(cities.path("used").asLong()).isEqualTo(WorldDatabase.REGIONS * 5);
        assertThat(cities.path("unmatched").asLong()).isEqualTo(1);
        assertThat(cities.path("withoutKey").asLong()).isEqualTo(1);
        BsonDocument view =
                world.collection("regionView").find(Filters.eq("_id", "R.007")).first();
        assertThat(view)
                .isEqualTo(BsonDocument.parse(
                        "{_id: 'R.007', name: 'Region 7', country: 'R', cities: [" + cities(7) + "], cityCount: 5}"));
    }

    private static String cities(int region) {
        StringBuilder cities = new StringBuilder();
        for (int j = 0; j < 5; j++) {
            cities.append("{name: 'City %d', lat: %d.5, lng: -%d.25},".formatted(j, region, j));
        }
        return cities.substring(0, cities.length() - 1);
    }

    @Test
    void aSecondRunWithoutChangeChangesNothing() {
        world.realRun();
        ContentHash before = world.view();
        JsonNode target = world.realRun().json().at("/targets/regionView");
        assertThat(target.path("unchanged").asInt()).isEqualTo(WorldDatabase.REGIONS);
        assertThat(target.path("added").asInt()
                        + target.path("changed").asInt()
                        + target.path("removed").asInt())
                .isZero();
        assertThat(world.view()).isEqualTo(before);
    }

    @Test
    void aSourceThatLostHalfItsDocumentsIsRefusedByName() {
        world.realRun();
        ContentHash before = world.view();
        world.collection("regions").deleteMany(Filters.gte("_id", "R.100"));
        Said dryRun = Cli.type(world.run(WorldDatabase.PLAN));
        assertThat(dryRun.exitCode()).isEqualTo(24);
        assertThat(dryRun.json().at("/error/name").asText()).isEqualTo("dev.resync.error.GateRefused");
        assertThat(dryRun.json().at("/error/message").asText()).contains("shrink", "limit");
        assertThat(dryRun.json().path("ending").asText()).isEqualTo("UNTOUCHED");
        ReceiptSchema.requireKept(dryRun.json());
        assertThat(world.view()).isEqualTo(before);
    }

    @Test
    void theReceiptsNextCommandBringsAMissingViewBackToMissing() {
        JsonNode real = world.realRun().json();
        assertThat(real.path("next").asText())
                .contains(" restore --snapshot " + real.at("/snapshot/id").asText(), "--environment test");
        Said restored = Cli.type(world.arguments(
                "restore",
                List.of("--snapshot", real.at("/snapshot/id").asText(), "--requested-by", "Ada", "--reason", "back")));
        assertThat(restored.exitCode()).isZero();
        assertThat(restored.json().path("ending").asText()).isEqualTo("RESTORED");
        ReceiptSchema.requireKept(restored.json());
        assertThat(world.viewExists()).isFalse();
    }

    @Test
    void aStopAfterTheCutOverSaysThatItComesTooLate() {
        JsonNode real = world.realRun().json();
        Said stopped =
                Cli.type(world.arguments("stop", List.of(real.path("runId").asText())));
        assertThat(stopped.exitCode()).isEqualTo(35);
        assertThat(stopped.json()).isEqualTo(real);
    }

    @Test
    void listsShowWhatWasDone() {
        JsonNode real = world.realRun().json();
        JsonNode runs = Cli.type("runs", "--mongo-uri", world.uri(), "--json").json();
        assertThat(runs).hasSize(2);
        assertThat(runs.at("/0/runId")).isEqualTo(real.path("runId"));
        assertThat(runs.at("/0/ending").asText()).isEqualTo("CUT_OVER");
        JsonNode snapshots =
                Cli.type("snapshots", "--mongo-uri", world.uri(), "--json").json();
        assertThat(snapshots.findValuesAsText("id"))
                .contains(real.at("/snapshot/id").asText());
        assertThat(Cli.type("receipt", real.path("runId").asText(), "--mongo-uri", world.uri(), "--json")
                        .json())
                .isEqualTo(real);
        assertThat(Cli.type("receipt", real.path("runId").asText(), "--mongo-uri", world.uri())
                        .out())
                .contains("ended CUT_OVER", "source cities", "next ");
    }

    @Test
    void aFailedRunThatIsKeptFailsAgainAsLongAsNothingIsMended() {
        world.realRun();
        ContentHash before = world.view();
        world.collection("regions").deleteMany(Filters.gte("_id", "R.100"));
        Said suspended = Cli.type(world.run(WorldDatabase.PLAN, "--resume-minutes", "10"));
        assertThat(suspended.exitCode()).isEqualTo(5);
        String runId = suspended.json().path("runId").asText();
        assertThat(Cli.type(world.run(WorldDatabase.PLAN)).exitCode()).isEqualTo(19);

        Said again = Cli.type(resume(runId));
        assertThat(again.exitCode()).as(again.err()).isEqualTo(5);
        Said fromMap = Cli.type(resume(runId, "--from", "MAP"));
        assertThat(fromMap.exitCode()).as(fromMap.err()).isEqualTo(5);
        Cli.type(resumeWithout(runId, "--reason")).failedWith("RequestInvalid", 16);
        assertThat(Cli.type(resume(runId)).exitCode()).as("a resume again").isEqualTo(5);
        assertThat(epochOf(runId)).isEqualTo(2);
        world.control("runs").updateOne(Filters.eq("_id", runId), Updates.set("state", "RESUMING"));
        Cli.type(resume(runId, "--from", "MAP")).failedWith("ResumeRefused", 34);
        assertThat(Cli.type(resume(runId)).exitCode()).as("a resume completed").isEqualTo(5);
        assertThat(epochOf(runId)).isEqualTo(3);

        Said stopped = Cli.type(world.arguments("stop", List.of(runId)));
        assertThat(stopped.exitCode()).as(stopped.err()).isZero();
        assertThat(stopped.json().path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(world.view()).isEqualTo(before);
        Cli.type(resume(runId)).failedWith("ResumeRefused", 34);
        Cli.type(resume(runId, "--from", "MAP")).failedWith("ResumeRefused", 34);
    }

    @Test
    void aFailedRunThatIsKeptGoesOnFromMapWithAMendedPlan(@TempDir Path folder) throws IOException {
        world.realRun();
        world.collection("regions").deleteMany(Filters.gte("_id", "R.100"));
        Path plan = folder.resolve("world.json");
        Files.writeString(plan, tolerant().replace("\"regions.name\"", "\"regions.nom\""));
        Said suspended = Cli.type(world.run(plan.toString(), "--resume-minutes", "10"));
        assertThat(suspended.exitCode()).as(suspended.err()).isEqualTo(5);
        Files.writeString(plan, tolerant());
        Said mended = Cli.type(world.arguments(
                "resume",
                List.of(suspended.json().path("runId").asText(), "--from", "MAP", "--plan", plan.toString()),
                "--requested-by",
                "Ada",
                "--reason",
                "mended"));
        assertThat(mended.exitCode()).as(mended.err()).isZero();
        assertThat(mended.json().path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(mended.json().at("/targets/regionView/removed").asInt()).isEqualTo(100);
    }

    private long epochOf(String runId) {
        return world.control("runs")
                .find(Filters.eq("_id", runId))
                .first()
                .getInt64("epoch")
                .getValue();
    }

    /** The plan, but for a gate that would mind the regions that are gone. */
    private static String tolerant() throws IOException {
        String plan = Files.readString(Path.of(WorldDatabase.PLAN));
        return plan.substring(0, plan.lastIndexOf('}'))
                + ", \"gates\": {\"shrink\": {\"maxShare\": 1}, \"change\": {\"maxShare\": 1}}}";
    }

    private String[] resumeWithout(String runId, String option) {
        List<String> arguments = new ArrayList<>(List.of(resume(runId)));
        int at = arguments.indexOf(option);
        arguments.subList(at, at + 2).clear();
        return arguments.toArray(String[]::new);
    }

    private String[] resume(String runId, String... others) {
        return world.arguments(
                "resume",
                List.of(runId, "--plan", WorldDatabase.PLAN, "--requested-by", "Ada", "--reason", "on"),
                others);
    }
}
