package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.hash.ContentHash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A drill on a copy of a real target leaves the original and the sources alone, and itself nothing behind. */
class CopyDrillTest {

    private static final int RUNS = 6;

    private WorldDatabase world;
    private MongoClient client;

    @BeforeEach
    void publishOnATestServer() {
        world = new WorldDatabase();
        client = MongoClients.create(world.uri());
        world.realRun();
        client.getDatabase("resync").drop();
        world.collection("regions").updateOne(Filters.eq("_id", "R.001"), Updates.set("name", "Renamed"));
    }

    @AfterEach
    void close() {
        client.close();
        world.close();
    }

    @Test
    void keepsAllPromises() {
        List<ContentHash> before = all();
        Said said = drill(
                "--runs",
                String.valueOf(RUNS),
                "--faults",
                "STOP,RENAME_FAILS,LATE_WRITE",
                "--plan",
                WorldDatabase.PLAN);
        assertThat(said.exitCode()).as(said.err() + said.out()).isZero();
        assertThat(said.json().path("violations").asInt(-1)).isZero();
        assertThat(said.json().path("runs").asInt()).isEqualTo(RUNS);
        assertThat(said.json().path("faults").findValues("hits"))
                .allSatisfy(hits -> assertThat(hits.asInt()).isPositive());
        assertThat(said.json().at("/endings/RESTORE").properties())
                .extracting(ending -> ending.getValue().asInt())
                .as("every round restores")
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(RUNS));
        assertThat(all()).isEqualTo(before);
        assertThat(databases()).doesNotContain("resync", "resync_drill");
    }

    @Test
    void needsAServerToFindThePlansCollectionsOn() {
        Said said = Cli.type("drill", "--plan", WorldDatabase.PLAN).failedWith("RequestInvalid", 16);
        assertThat(said.err()).contains("--mongo-uri");
    }

    @Test
    void needsALiveViewToGoBackTo() {
        client.getDatabase("world").getCollection("regionView").drop();
        Said said = drill("--plan", WorldDatabase.PLAN).failedWith("RequestInvalid", 16);
        assertThat(said.err()).contains("world.regionView");
        assertThat(databases()).doesNotContain("resync", "resync_drill");
    }

    @Test
    void needsAPlanThatPasses() {
        world.collection("regions").deleteMany(Filters.gte("_id", "R.100"));
        Said said = drill("--plan", WorldDatabase.PLAN).failedWith("RequestInvalid", 16);
        assertThat(said.err()).contains("does not pass").contains("shrink");
        assertThat(databases()).doesNotContain("resync", "resync_drill");
    }

    private Said drill(String... options) {
        List<String> all = new ArrayList<>(List.of("drill", "--json", "--mongo-uri", world.uri(), "--home", "../.."));
        all.addAll(List.of(options));
        return Cli.type(all.toArray(String[]::new));
    }

    private List<ContentHash> all() {
        return List.of(world.view(), world.view("regions"), world.view("cities"));
    }

    private List<String> databases() {
        return client.listDatabaseNames().into(new ArrayList<>());
    }
}
