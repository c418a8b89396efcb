package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
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

/** What a person sees of how long snapshots are kept. */
class RetentionTest {

    private static final int RUNS = 3;

    @TempDir
    private Path folder;

    private WorldDatabase world;

    /** Newest first. */
    private List<String> ids;

    @BeforeEach
    void takeSnapshots() throws IOException {
        world = new WorldDatabase(5);
        Path plan = folder.resolve("world.json");
        String text = Files.readString(Path.of(WorldDatabase.PLAN));
        Files.writeString(
                plan, text.substring(0, text.lastIndexOf('}')) + ", \"retention\": {\"snapshots\": 2, \"days\": 0}}");
        ids = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Said run = Cli.type(world.run(plan.toString()));
            assertThat(run.exitCode()).as(run.err()).isZero();
            ids.add(0, run.json().at("/snapshot/id").asText());
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theListSaysWhatKeepsEachSnapshot() {
        JsonNode listed = snapshots();
        assertThat(listed.findValuesAsText("id")).isEqualTo(ids);
        assertThat(because(listed, 0)).containsExactly("NEEDED", "NEWEST", "COUNT");
        assertThat(because(listed, 2)).containsExactly("NEEDED");
        assertThat(listed.at("/2/neededBy").asText()).isEqualTo(runOf(2));
        anHourAgo();
        listed = snapshots();
        assertThat(because(listed, 0)).containsExactly("NEWEST", "COUNT");
        assertThat(because(listed, 1)).containsExactly("COUNT");
        assertThat(listed.at("/1").has("mayGoAt")).isFalse();
        assertThat(because(listed, 2)).isEmpty();
        assertThat(listed.at("/2/mayGoAt")).isEqualTo(listed.at("/2/sealedAt"));
        String text = Cli.type("snapshots", "--mongo-uri", world.uri()).out();
        assertThat(text)
                .contains(
                        "kept: the newest of its plan or of one of its targets; one of the 2 newest of its plan",
                        "  kept: one of the 2 newest of its plan",
                        "  may go since ");
    }

    @Test
    void reconcileRemovesWhatMayGoAndNamesIt() {
        anHourAgo();
        Said reconciled = Cli.type(world.arguments("reconcile", List.of()));
        assertThat(reconciled.exitCode()).as(reconciled.err()).isZero();
        assertThat(reconciled.json().at("/removedSnapshots").findValuesAsText("id"))
                .containsExactly(ids.get(2));
        assertThat(reconciled.json().at("/removedSnapshots/0/documents").asInt())
                .isZero();
        assertThat(reconciled.json().at("/damagedSnapshots")).isEmpty();
        assertThat(snapshots().findValuesAsText("id")).isEqualTo(ids.subList(0, 2));
        Cli.type(world.arguments(
                        "restore", List.of("--snapshot", ids.get(2), "--requested-by", "Ada", "--reason", "a test")))
                .failedWith("SnapshotUnknown", 20);
    }

    @Test
    void reconcileNamesInTextWhatItRemovedAndWhatItKept() {
        anHourAgo();
        world.control("snapshots").updateOne(Filters.eq("_id", ids.get(0)), Updates.set("plan", "another"));
        world.control("snapshots").updateOne(Filters.eq("_id", ids.get(1)), Updates.unset("targets"));
        world.control("resync.0123456789.1.staging.0.open0").insertOne(new BsonDocument());
        Said reconciled = Cli.type("reconcile", "--mongo-uri", world.uri(), "--environment", "test");
        assertThat(reconciled.out())
                .contains(
                        "snapshot " + ids.get(0) + " is damaged and kept",
                        "snapshot " + ids.get(1) + " is damaged and kept",
                        "resync.resync.0123456789.1.staging.0.open0 belongs to a run that is not on record",
                        "closed 0 runs, dropped 0 collections, removed 0 snapshots, 0 runs need an operator");
        String text = Cli.type("snapshots", "--mongo-uri", world.uri()).out();
        assertThat(text)
                .contains(
                        "damaged, kept until a person removes it: its manifest was changed after it was sealed",
                        "damaged, kept until a person removes it: its manifest cannot be read");
        assertThat(snapshots().findValuesAsText("id")).containsExactly(ids.get(0), ids.get(2), ids.get(1));
        assertThat(because(snapshots(), 2)).containsExactly("DAMAGED");
    }

    @Test
    void reconcileSaysInTextWhatItRemoved() {
        anHourAgo();
        assertThat(Cli.type("reconcile", "--mongo-uri", world.uri(), "--environment", "test")
                        .out())
                .contains(
                        "removed snapshot " + ids.get(2) + ", 0 documents",
                        "closed 0 runs, dropped 0 collections, removed 1 snapshots, 0 runs need an operator");
    }

    @Test
    void theListShowsWhatIsBeingRemoved() {
        world.control("snapshots")
                .updateOne(
                        Filters.eq("_id", ids.get(1)),
                        Updates.set(
                                "removing",
                                BsonDocument.parse("{by: 'x', since: '2026-03-01T08:00:00Z', decided: true}")));
        assertThat(snapshots().at("/1/removingSince").asText()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(Cli.type("snapshots", "--mongo-uri", world.uri()).out())
                .contains("being removed since 2026-03-01T08:00:00Z, cannot be brought back");
    }

    private JsonNode snapshots() {
        return Cli.type("snapshots", "--mongo-uri", world.uri(), "--json").json();
    }

    private static List<String> because(JsonNode listed, int index) {
        List<String> because = new ArrayList<>();
        listed.at("/" + index + "/keptBecause").forEach(reason -> because.add(reason.asText()));
        return because;
    }

    private String runOf(int index) {
        return world.control("snapshots")
                .find(Filters.eq("_id", ids.get(index)))
                .first()
                .getString("run")
                .getValue();
    }

    /** Makes all runs look as if they had ended long ago. */
    private void anHourAgo() {
        world.control("runs").updateMany(new BsonDocument(), Updates.set("endedAt", "2020-01-01T00:00:00Z"));
    }
}
