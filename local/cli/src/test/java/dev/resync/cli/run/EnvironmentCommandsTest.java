package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands under a profile of an environment: what it allows, approvals from another process, and the audit trail. */
class EnvironmentCommandsTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private WorldDatabase world;
    private String profile;

    @BeforeEach
    void load() throws IOException {
        world = new WorldDatabase(10);
        profile = profile("staging", "pre-production", "one-other-person");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String profile(String name, String kind, String approval) throws IOException {
        Path file = folder.resolve(name + "-" + kind + ".json");
        Files.writeString(file, """
                {"name": "%s", "colour": "orange", "kind": "%s", "approval": "%s", "maxConcurrency": 2,
                  "starts": {"command-line": {"who": ["Ada", "Grace"], "realRuns": true}}}
                """.formatted(name, kind, approval));
        return file.toString();
    }

    private Said type(String command, String who, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--mongo-uri", world.uri(), "--environment", "staging", "--profile", profile));
        arguments.addAll(List.of("--requested-by", who, "--reason", "a test", "--json"));
        return Cli.type(arguments.toArray(String[]::new));
    }

    @Test
    void anotherProcessApproves() {
        String token = type("run", "Ada", "--plan", WorldDatabase.PLAN)
                .json()
                .path("confirm")
                .asText();
        CompletableFuture<Said> real = CompletableFuture.supplyAsync(
                () -> type("run", "Ada", "--plan", WorldDatabase.PLAN, "--confirm", token));
        String run = waiting();
        type("approve", "ada", run).failedWith("ApprovalInvalid", 10);
        Said approved = type("approve", "Grace", run);
        assertThat(approved.exitCode()).as(approved.err()).isZero();
        Said ended = real.join();
        assertThat(ended.json().path("ending").asText()).as(ended.err()).isEqualTo("CUT_OVER");
        assertThat(ended.exitCode()).isZero();
        JsonNode audit = Cli.type("audit", "--mongo-uri", world.uri(), "--run", run, "--json")
                .json();
        assertThat(audit.findValuesAsText("event")).contains("ADMITTED", "APPROVAL_REQUESTED", "APPROVED", "CLOSED");
        assertThat(Cli.type("audit", "--mongo-uri", world.uri(), "--event", "APPROVED")
                        .out())
                .contains(run + " by Grace (as given)", "the cut-over is approved by 1 of 1 so far");
    }

    @Test
    void anotherProcessRefuses() {
        String token = type("run", "Ada", "--plan", WorldDatabase.PLAN)
                .json()
                .path("confirm")
                .asText();
        CompletableFuture<Said> real = CompletableFuture.supplyAsync(
                () -> type("run", "Ada", "--plan", WorldDatabase.PLAN, "--confirm", token));
        type("refuse", "Grace", waiting());
        Said ended = real.join();
        assertThat(ended.json().path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(ended.json().at("/error/message").asText()).contains("was refused by Grace");
        assertThat(ended.exitCode()).isEqualTo(10);
        assertThat(world.viewExists()).isFalse();
    }

    @Test
    void whoMayNotStartIsRefused() {
        type("run", "Mallory", "--plan", WorldDatabase.PLAN).failedWith("StartRefused", 41);
        assertThat(Cli.type("audit", "--mongo-uri", world.uri()).out())
                .contains("REFUSED by Mallory (as given) via command-line: DRY_RUN world in staging (a test)")
                .contains("StartRefused");
    }

    /** Only the first admitted request writes down whose the database is; the record of a refusal may be older. */
    @Test
    void theAuditTrailSaysWhoseDatabaseItIs() {
        type("run", "Mallory", "--plan", WorldDatabase.PLAN).failedWith("StartRefused", 41);
        JsonNode before = audit();
        assertThat(before.path("environment").isNull()).isTrue();
        assertThat(before.path("kind").isNull()).isTrue();
        assertThat(before.path("colour").isNull()).isTrue();
        assertThat(before.at("/entries/0/event").asText()).isEqualTo("REFUSED");
        type("run", "Ada", "--plan", WorldDatabase.PLAN);
        JsonNode after = audit();
        assertThat(after.path("environment").asText()).isEqualTo("staging");
        assertThat(after.path("kind").asText()).isEqualTo("pre-production");
        assertThat(after.path("colour").asText()).isEqualTo("orange");
        assertThat(after.path("entries").findValuesAsText("event")).contains("ADMITTED", "REFUSED");
    }

    private JsonNode audit() {
        return Cli.type("audit", "--mongo-uri", world.uri(), "--json").json();
    }

    @Test
    void aStopIsOnRecordAndSoIsOneThatIsRefused() {
        String run = type("run", "Ada", "--plan", WorldDatabase.PLAN)
                .json()
                .path("runId")
                .asText();
        type("stop", "Grace", "no-such-run").failedWith("RunUnknown", 21);
        type("stop", "Grace", run);
        world.control("runs").updateOne(Filters.eq("_id", run), Updates.set("environment", "prod"));
        type("stop", "Grace", run).failedWith("EnvironmentMismatch", 13);
        assertThat(Cli.type("audit", "--mongo-uri", world.uri(), "--event", "REFUSED", "--run", run)
                        .out())
                .contains("stop " + run)
                .contains("dev.resync.error.EnvironmentMismatch: ");
        assertThat(Cli.type("audit", "--mongo-uri", world.uri()).out())
                .contains("REFUSED by Grace (as given) via command-line: stop no-such-run (a test)")
                .contains("ASKED " + run + " by Grace (as given) via command-line: stop " + run + " (a test)");
    }

    @Test
    void theDatabaseKnowsWhoseItIs() throws IOException {
        assertThat(type("environment", "Ada").json().path("database").isNull()).isTrue();
        type("run", "Ada", "--plan", WorldDatabase.PLAN);
        assertThat(type("environment", "Ada").json().at("/database/kind").asText())
                .isEqualTo("pre-production");
        profile = profile("staging", "production", "none");
        type("run", "Ada", "--plan", WorldDatabase.PLAN).failedWith("DatabaseForeign", 42);
        type("environment", "Ada").failedWith("DatabaseForeign", 42);
        assertThat(type("environment", "Ada", "--adopt").exitCode()).isZero();
        assertThat(type("run", "Ada", "--plan", WorldDatabase.PLAN).exitCode()).isZero();
        assertThat(Cli.type("audit", "--mongo-uri", world.uri(), "--event", "DATABASE_ADOPTED")
                        .out())
                .contains("by Ada (as given)");
    }

    @Test
    void nothingIsWrittenToADatabaseOnAHostThatTheProfileDoesNotAllow() throws IOException {
        Files.writeString(
                Path.of(profile),
                Files.readString(Path.of(profile))
                        .replace("\"approval\"", "\"hosts\": [\"*.example.com\"], \"approval\""));
        type("environment", "Ada", "--adopt").failedWith("DatabaseForeign", 42);
        type("run", "Ada", "--plan", WorldDatabase.PLAN).failedWith("DatabaseForeign", 42);
        assertThat(world.control("audit").countDocuments()).isZero();
        assertThat(world.control("environment").countDocuments()).isZero();
    }

    @Test
    void aDatabaseIsNotAdoptedWhileRunsAreOpen() throws IOException {
        type("run", "Ada", "--plan", WorldDatabase.PLAN);
        String run = world.control("runs").find().first().getString("_id").getValue();
        world.control("runs").updateOne(Filters.eq("_id", run), Updates.set("state", "NEEDS_OPERATOR"));
        profile = profile("staging", "production", "none");
        type("environment", "Ada", "--adopt").failedWith("RequestInvalid", 16);
        assertThat(world.control("environment").find().first().getString("kind").getValue())
                .isEqualTo("pre-production");
    }

    /** What people type is put before people who look at it in a terminal. */
    @Test
    void nobodyForgesALineOfTheAuditTrail() {
        String forged = "x\n2026-11-28T11:00:00Z APPROVED pre-world-1 by boss via api";
        type("run", forged, "--plan", WorldDatabase.PLAN).failedWith("RequestInvalid", 16);
        type("hold", forged, "some-run").failedWith("RequestInvalid", 16);
        type("approve", "bob\u001b[2J", "some-run").failedWith("RequestInvalid", 16);
        type("stop", "", "some-run").failedWith("RequestInvalid", 16);
        type("approve", "Grace", "some-run").failedWith("RunUnknown", 21);
        assertThat(Cli.type("audit", "--mongo-uri", world.uri()).out().lines())
                .noneMatch(line -> line.startsWith("2026-11-28T11:00:00Z"))
                .anyMatch(line ->
                        line.contains("REFUSED by Grace (as given) via command-line: approve some-run (a test)"));
    }

    @Test
    void theProfileIsOfTheEnvironmentThatIsNamed() {
        Cli.type(
                        "run",
                        "--plan",
                        WorldDatabase.PLAN,
                        "--mongo-uri",
                        world.uri(),
                        "--environment",
                        "prod",
                        "--profile",
                        profile,
                        "--requested-by",
                        "Ada",
                        "--reason",
                        "a test")
                .failedWith("EnvironmentMismatch", 13);
        Cli.type("stop", "x", "--mongo-uri", world.uri(), "--environment", "staging", "--profile", folder.toString())
                .failedWith("EnvironmentInvalid", 12);
        Cli.type(
                        "stop",
                        "x",
                        "--mongo-uri",
                        world.uri(),
                        "--environment",
                        "staging",
                        "--profile",
                        profile,
                        "--colour",
                        "red")
                .failedWith("RequestInvalid", 16);
    }

    private String waiting() {
        return await().atMost(BOUND)
                .until(
                        () -> {
                            BsonDocument run = world.control("runs")
                                    .find(BsonDocument.parse("{approvalToken: {$exists: true}, state: 'OPEN'}"))
                                    .first();
                            return run == null
                                    ? ""
                                    : run.getString("_id", new BsonString("")).getValue();
                        },
                        found -> !found.isEmpty());
    }
}
