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

/** What can be done with a snapshot of two views: look first, bring one back, and each receipt's next command. */
class WorldRestoreTest {

    private static final String NAME_VIEW = """
            "targets": {
              "nameView": {
                "namespace": "world.nameView",
                "allowCreate": true,
                "changeStreamConsumers": "none",
                "fields": [{"path": "name", "from": ["regions.name"], "type": "string"}]
              },""";

    @TempDir
    private Path folder;

    private WorldDatabase world;
    private ContentHash oldNames;
    private ContentHash newNames;
    private ContentHash newRegions;
    private String snapshot;

    @BeforeEach
    void publishTwice() throws IOException {
        world = new WorldDatabase();
        Path plan = folder.resolve("world.json");
        Files.writeString(plan, Files.readString(Path.of(WorldDatabase.PLAN)).replace("\"targets\": {", NAME_VIEW));
        realRun(plan);
        oldNames = world.view("nameView");
        for (int i = 0; i < 3; i++) {
            world.collection("regions").updateOne(Filters.eq("_id", "R.00" + i), Updates.set("name", "Renamed " + i));
        }
        snapshot = realRun(plan).at("/snapshot/id").asText();
        newNames = world.view("nameView");
        newRegions = world.view();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aDryRunShowsTheFiguresOfTheRestoreThatItsNextCommandStarts() {
        Said dryRun = restore(snapshot, "--dry-run", "--only", "nameView");
        assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
        ReceiptSchema.requireKept(dryRun.json());
        assertThat(dryRun.json().path("mode").asText()).isEqualTo("RESTORE_DRY_RUN");
        assertThat(dryRun.json().path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(dryRun.json().at("/targets/nameView/changed").asInt()).isEqualTo(3);
        assertThat(dryRun.json().path("targets")).hasSize(1);
        assertThat(world.view("nameView")).isEqualTo(newNames);

        Said restored = Cli.type(words(dryRun.json().path("next").asText(), "--json"));
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.json().path("ending").asText()).isEqualTo("RESTORED");
        assertThat(restored.json().path("targets")).isEqualTo(dryRun.json().path("targets"));
        assertThat(world.view("nameView")).isEqualTo(oldNames);
        assertThat(world.view()).isEqualTo(newRegions);

        Said undone = Cli.type(words(restored.json().path("next").asText(), "--json"));
        assertThat(undone.exitCode()).as(undone.err()).isZero();
        assertThat(undone.json().at("/snapshot/targets")).hasSize(1);
        assertThat(world.view("nameView")).isEqualTo(newNames);
        assertThat(world.view()).isEqualTo(newRegions);
    }

    @Test
    void onlyMayBeRepeated() {
        Said both = restore(snapshot, "--dry-run", "--only", "nameView", "--only", "regionView");
        assertThat(both.json().path("targets")).hasSize(2);
        assertThat(both.json().path("next").asText()).contains(" --only nameView --only regionView ");
    }

    @Test
    void aDryRunAsTextSaysWhatLiveWouldHold() {
        List<String> arguments = new ArrayList<>(List.of(command(snapshot, "--dry-run")));
        arguments.remove("--json");
        Said said = Cli.type(arguments.toArray(String[]::new));
        assertThat(said.out())
                .contains(
                        "(RESTORE_DRY_RUN in test, local, grey) ended UNTOUCHED",
                        "200 before",
                        "200 if restored",
                        "3 changed")
                .containsPattern("next .* restore --snapshot " + snapshot);
    }

    @Test
    void targetsThatCannotBeMeant() {
        assertThat(restore(snapshot, "--only", "nameViews")
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("only names nameViews", "nameView, regionView");
        assertThat(restore(snapshot, "--only", "nameView", "--only", "nameView")
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("each name once");
        restore(snapshot, "--only", "").failedWith("RequestInvalid", 16);
        restore("none", "--dry-run").failedWith("SnapshotUnknown", 20);
    }

    /** The receipt and the exit code name what is wrong with the snapshot, whether it was to be brought back or not. */
    @Test
    void aDamagedSnapshotIsRefusedByName() {
        BsonDocument manifest =
                world.control("snapshots").find(Filters.eq("_id", snapshot)).first();
        String copy = manifest.getArray("targets").stream()
                .map(target -> target.asDocument())
                .filter(target -> target.getString("name").getValue().equals("nameView"))
                .map(target -> target.getString("collection").getValue())
                .findFirst()
                .orElseThrow();
        world.control(copy.substring("resync.".length())).deleteOne(Filters.eq("_id", "R.000"));
        for (String option : List.of("--dry-run", "--only=nameView")) {
            Said said = restore(snapshot, option);
            assertThat(said.exitCode()).as(said.err()).isEqualTo(32);
            ReceiptSchema.requireKept(said.json());
            assertThat(said.json().path("ending").asText()).isEqualTo("UNTOUCHED");
            assertThat(said.json().at("/error/name").asText()).isEqualTo("dev.resync.error.SnapshotDamaged");
            assertThat(said.json().at("/error/message").asText()).contains("199 documents", "world.nameView");
            assertThat(said.json().path("targets")).isEmpty();
        }
        assertThat(world.view("nameView")).isEqualTo(newNames);
        assertThat(restore(snapshot, "--dry-run", "--only", "regionView").exitCode())
                .isZero();
    }

    @Test
    void aDryRunIsListedAndCannotBeResumed() {
        String runId = restore(snapshot, "--dry-run").json().path("runId").asText();
        JsonNode runs = Cli.type("runs", "--mongo-uri", world.uri(), "--json").json();
        assertThat(runs.at("/0/runId").asText()).isEqualTo(runId);
        assertThat(runs.at("/0/mode").asText()).isEqualTo("RESTORE_DRY_RUN");
        Cli.type(world.arguments(
                        "resume",
                        List.of(runId, "--plan", WorldDatabase.PLAN, "--requested-by", "Ada", "--reason", "on")))
                .failedWith("ResumeRefused", 34);
        assertThat(Cli.type(world.arguments("stop", List.of(runId))).exitCode()).isZero();
    }

    private JsonNode realRun(Path plan) {
        String token =
                Cli.type(world.run(plan.toString())).json().path("confirm").asText();
        Said real = Cli.type(world.run(plan.toString(), "--confirm", token));
        assertThat(real.exitCode()).as(real.err()).isZero();
        return real.json();
    }

    private Said restore(String id, String... others) {
        return Cli.type(command(id, others));
    }

    private String[] command(String id, String... others) {
        return world.arguments(
                "restore", List.of("--snapshot", id, "--requested-by", "Ada", "--reason", "test"), others);
    }

    /** Returns a shown command as a shell would split it, without the program; the words of these tests have no blanks. */
    private static String[] words(String command, String... others) {
        List<String> words = new ArrayList<>(List.of(command.replace("'", "").split(" ")));
        words.remove(0);
        words.addAll(List.of(others));
        return words.toArray(String[]::new);
    }
}
