package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.hash.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The incident's second half on the example: a field of the source has another name in part of its documents. */
class WorldDropOutTest {

    /** One city in so many, and so many of them: 30%. */
    private static final int OF = 10;

    private static final int RENAMED = 3;

    @TempDir
    private Path folder;

    private WorldDatabase world;
    private ContentHash before;

    @BeforeEach
    void renameLatInThirtyPercent() {
        world = new WorldDatabase();
        world.realRun();
        before = world.view();
        for (int rest = 0; rest < RENAMED; rest++) {
            world.collection("cities")
                    .updateMany(
                            Filters.and(Filters.gte("_id", 0), Filters.mod("_id", OF, rest)),
                            Updates.rename("lat", "latitude"));
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void isRefusedWithFieldAndShare() {
        Said said = Cli.type(world.run(WorldDatabase.PLAN));
        assertThat(said.exitCode()).isEqualTo(24);
        assertThat(said.json().at("/error/name").asText()).isEqualTo("dev.resync.error.GateRefused");
        assertThat(said.json().path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(said.json().path("gates"))
                .filteredOn(gate -> !gate.path("passed").asBoolean())
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.path("name").asText()).isEqualTo("field-drop-out");
                    assertThat(gate.path("subject").asText()).isEqualTo("regionView.cities[].lat");
                    assertThat(gate.path("value").asDouble()).isEqualTo(RENAMED / (double) OF);
                    assertThat(gate.path("limit").asDouble()).isEqualTo(0.02);
                });
        assertThat(world.view()).isEqualTo(before);
    }

    @Test
    void passesWithAHigherLimit() throws IOException {
        Path plan = folder.resolve("world.json");
        String text = Files.readString(Path.of(WorldDatabase.PLAN));
        Files.writeString(
                plan,
                text.substring(0, text.lastIndexOf('}'))
                        + ", \"gates\": {\"fieldDropOut\": {\"overrides\": {\"regionView.cities[].lat\": 0.3}}}}");
        Said dryRun = Cli.type(world.run(plan.toString()));
        assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
        Said real = Cli.type(world.run(
                plan.toString(), "--confirm", dryRun.json().path("confirm").asText()));
        assertThat(real.json().path("ending").asText()).isEqualTo("CUT_OVER");
    }
}
