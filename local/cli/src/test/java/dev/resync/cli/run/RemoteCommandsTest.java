package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.hash.ContentHash;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same commands on an admin API say and do what they say and do on the database itself. */
class RemoteCommandsTest {

    private static final int BOUND_SECONDS = 120;
    private static final int REGIONS = 12;
    /** As many chunks as keep a run at work until it is held. */
    private static final int MANY_REGIONS = 300;

    private static final String PROFILE = """
            {"name": "test", "colour": "blue", "kind": "test", "approval": "none", "maxConcurrency": 4,
              "starts": {"api": {"who": ["*"], "realRuns": true}, "command-line": {"who": ["*"], "realRuns": true}},
              "callers": {"viewers": ["*"], "operators": ["ada@example.com"], "approvers": ["grace@example.com"]}}
            """;

    @TempDir
    private Path folder;

    private ServedWorld served;

    @BeforeEach
    void serve() {
        served = new ServedWorld(REGIONS, PROFILE);
    }

    @AfterEach
    void close() {
        served.close();
    }

    private Said dryRun() {
        Said said = served.change("run", "--plan", WorldDatabase.PLAN, "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        ReceiptSchema.requireKept(said.json());
        return said;
    }

    private Said realRun() {
        Said said = served.change(
                "run",
                "--plan",
                "world",
                "--confirm",
                dryRun().json().path("confirm").asText(),
                "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        return said;
    }

    @Test
    void aDryRunARealRunAndARestoreOfADeployment() {
        assertThat(dryRun().json().path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(served.world().viewExists()).isFalse();
        JsonNode real = realRun().json();
        assertThat(real.path("ending").asText()).isEqualTo("CUT_OVER");
        assertThat(real.path("requestedBy").asText())
                .as("the API knows who asks")
                .isEqualTo("ada@example.com");
        ContentHash before = served.world().view();
        served.world().collection("regions").updateMany(new BsonDocument(), Updates.set("name", "Renamed"));
        String snapshot = realRun().json().at("/snapshot/id").asText();
        assertThat(served.world().view()).isNotEqualTo(before);
        Said wouldBe = served.change("restore", "--snapshot", snapshot, "--dry-run", "--json");
        assertThat(wouldBe.json().path("mode").asText()).isEqualTo("RESTORE_DRY_RUN");
        Said restored = served.change("restore", "--snapshot", snapshot);
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("ended RESTORED");
        assertThat(served.world().view()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"''", "--json"})
    void whatIsLookedAtIsWordForWordTheSame(String json) {
        // One bundle that cannot be mapped, for which the run is refused.
        served.world()
                .collection("cities")
                .insertOne(
                        BsonDocument.parse("{_id: 9001, name: 'North', lat: 'north', lng: '1', regionCode: 'R.001'}"));
        Said refused = served.change("run", "--plan", "world", "--json");
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(24);
        String first = refused.json().path("runId").asText();
        served.world().collection("cities").deleteMany(BsonDocument.parse("{_id: 9001}"));
        String run = realRun().json().path("runId").asText();
        for (List<String> command : List.of(
                List.of("runs"),
                List.of("runs", "--limit", "1"),
                List.of("receipt", run),
                List.of("snapshots"),
                List.of("quarantine", first),
                List.of("quarantine", first, "--reason", "bad-number", "--limit", "0"),
                List.of("diff", run),
                List.of("diff", run, "--field", "none"),
                List.of("diff", run, "--field", "cities[].lat"))) {
            String[] more = Stream.concat(command.stream().skip(1), json.isEmpty() ? Stream.of() : Stream.of(json))
                    .toArray(String[]::new);
            Said there = served.look(command.get(0), more);
            Said here = served.lookAtDatabase(command.get(0), more);
            assertThat(there.exitCode()).as(command + there.err()).isZero();
            assertThat(there.out()).as(command.toString()).isNotBlank().isEqualTo(here.out());
        }
    }

    @Test
    void statusSaysWhereARunStandsAndWhatCanBeDone() {
        String run = dryRun().json().path("runId").asText();
        Said there = served.look("status", run);
        assertThat(there.exitCode()).as(there.err()).isZero();
        assertThat(there.out())
                .contains(run, "DRY_RUN", "UNTOUCHED", "done     map-chunk", "gates asked, all passed", "next confirm");
        assertThat(withoutLinks(served.look("status", run, "--json").json()))
                .isEqualTo(withoutLinks(
                        served.lookAtDatabase("status", run, "--json").json()));
        served.calledBy("eve@example.com");
        assertThat(served.look("status", run).out()).contains("next confirm", "Your roles do not allow it.");
    }

    /** The API adds how to ask and whether the caller may; each says when it was asked. */
    private static JsonNode withoutLinks(JsonNode status) {
        ObjectNode bare = status.deepCopy();
        bare.remove("at");
        bare.path("next").forEach(next -> ((ObjectNode) next).remove(List.of("method", "path", "allowed", "request")));
        return bare;
    }

    @ParameterizedTest
    @CsvSource({
        "hold, ''",
        "continue, ''",
        "throttle, --concurrency 1",
        "stop, ''",
        "approve, ''",
        "refuse, ''",
        "resume, ''"
    })
    void anErrorHasTheSameNameAndExitCode(String command, String options) {
        String run = dryRun().json().path("runId").asText();
        served.calledBy("ada@example.com");
        if (command.equals("approve") || command.equals("refuse")) {
            served.calledBy("grace@example.com");
        }
        String[] more = (run + " --json " + options).strip().split(" ");
        Said there = served.change(command, more);
        assertThat(there.exitCode()).as(there.err()).isNotZero();
        String name = there.json().at("/error/name").asText();
        assertThat(name).startsWith("dev.resync.error.");
        assertThat(there.err()).contains(name + ": ");
        assertThat(served.change(command, (("test-nothing --json " + options).strip()).split(" "))
                        .failedWith("RunUnknown", 21)
                        .exitCode())
                .isEqualTo(21);
    }

    @Test
    void aStartThatIsNotAdmittedSaysWhyByName() {
        served.change("run", "--plan", "world", "--confirm", "made-up").failedWith("ConfirmationInvalid", 11);
        served.change("restore", "--snapshot", "none").failedWith("SnapshotUnknown", 20);
        assertThat(served.change("run", "--plan", "wrold")
                        .failedWith("PlanUnknown", 15)
                        .err())
                .contains("world");
        served.calledBy("eve@example.com");
        served.change("run", "--plan", "world").failedWith("AccessDenied", 45);
    }

    @Test
    void aFileThatIsNotTheDeployedPlanStartsNothing() throws IOException {
        Path other = folder.resolve("world.json");
        ObjectNode plan = (ObjectNode)
                ControlJson.mapper().readTree(Path.of(WorldDatabase.PLAN).toFile());
        plan.putObject("retention").put("snapshots", 9);
        Files.writeString(other, plan.toString());
        Said said = served.change("run", "--plan", other.toString());
        assertThat(said.err()).contains("PlanChanged");
        assertThat(said.exitCode()).isEqualTo(33);
        assertThat(served.lookAtDatabase("runs", "--json").json()).isEmpty();
    }

    @Test
    void theOtherEnvironmentIsAskedForNothing() {
        String[] command = {
            "run", "--plan", "world", "--endpoint", served.url(), "--environment", "prod", "--reason", "x"
        };
        assertThat(Cli.type(command).failedWith("EnvironmentMismatch", 13).err())
                .contains("--environment is prod", "test (test, blue)", "Nothing was asked of it");
        assertThat(served.world().control("audit").countDocuments()).isZero();
        assertThat(served.world().control("runs").countDocuments()).isZero();
    }

    @Test
    void aHeldRunIsSeenHeldWatchedAndStopped() {
        served.close();
        served = new ServedWorld(MANY_REGIONS, PROFILE);
        String token = dryRun().json().path("confirm").asText();
        CompletableFuture<Said> real = CompletableFuture.supplyAsync(
                () -> served.change("run", "--plan", "world", "--confirm", token, "--chunk-documents", "1", "--json"));
        String run = atWork();
        Said held = served.change("hold", run, "--json");
        assertThat(held.exitCode()).as(held.err()).isZero();
        assertThat(held.json().at("/pace/held/who").asText()).isEqualTo("ada@example.com");
        assertThat(held.out())
                .isEqualTo(pretty(served.lookAtDatabase("runs", "--json").json().get(0)));
        assertThat(served.look("status", run).out()).contains("held by ada@example.com", "next continue", "next stop");
        CompletableFuture<Said> watched =
                CompletableFuture.supplyAsync(() -> served.look("status", run, "--watch", "--json"));
        CompletableFuture<Said> all = CompletableFuture.supplyAsync(() -> served.look("runs", "--watch", "--json"));
        Said stopped = served.change("stop", run, "--json");
        assertThat(stopped.exitCode()).as(stopped.err()).isZero();
        assertThat(stopped.json().path("ending").asText()).isEqualTo("UNTOUCHED");
        Said ended = real.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
        assertThat(ended.json().path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(ended.exitCode()).as("somebody else stopped it").isEqualTo(4);
        Said seen = watched.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
        assertThat(seen.exitCode()).isEqualTo(4);
        assertThat(seen.out()).isEqualTo(ended.out());
        Said lines = all.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
        assertThat(lines.exitCode()).isZero();
        assertThat(lines.out().lines())
                .as("a JSON value a line, the last one of the run that ended last")
                .allSatisfy(line -> assertThat(ControlJson.mapper()
                                .readTree(line)
                                .path("runId")
                                .asText())
                        .isNotEmpty())
                .last()
                .asString()
                .contains(run, "UNTOUCHED");
    }

    @Test
    void anotherPersonApprovesOrRefusesWithTheFiguresBeforeThem() {
        served.close();
        served = new ServedWorld(
                REGIONS, PROFILE.replace("\"approval\": \"none\"", "\"approval\": \"one-other-person\""));
        for (String verb : List.of("refuse", "approve")) {
            served.calledBy("ada@example.com");
            String token = dryRun().json().path("confirm").asText();
            CompletableFuture<Said> real = CompletableFuture.supplyAsync(
                    () -> served.change("run", "--plan", "world", "--confirm", token, "--json"));
            await().atMost(BOUND_SECONDS, TimeUnit.SECONDS)
                    .until(() -> served.world()
                                    .control("runs")
                                    .find(BsonDocument.parse("{state: 'OPEN', approvalToken: {$ne: null}}"))
                                    .first()
                            != null);
            String run = atWork();
            served.calledBy("grace@example.com");
            assertThat(served.look("status", run).out()).contains("next approve", "next refuse");
            Said answered = served.change(verb, run);
            assertThat(answered.exitCode()).as(answered.err()).isZero();
            assertThat(answered.out()).contains("asked for by ada@example.com", "in the new view", "all passed", run);
            Said ended = real.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
            assertThat(ended.json().path("ending").asText())
                    .as(ended.err())
                    .isEqualTo(verb.equals("approve") ? "CUT_OVER" : "UNTOUCHED");
            assertThat(ended.exitCode()).isEqualTo(verb.equals("approve") ? 0 : 10);
        }
    }

    @Test
    void aSuspendedRunIsMappedAgainByTheMendedPlan() throws IOException {
        served.close();
        Path plan = folder.resolve("world.json");
        Files.copy(Path.of(WorldDatabase.PLAN), plan);
        served = new ServedWorld(REGIONS, PROFILE, folder);
        String token = dryRun().json().path("confirm").asText();
        served.world().collection("cities").updateOne(BsonDocument.parse("{_id: 0}"), Updates.set("lat", "north"));
        Said suspended =
                served.change("run", "--plan", "world", "--confirm", token, "--resume-minutes", "10", "--json");
        assertThat(suspended.exitCode()).as(suspended.err()).isEqualTo(5);
        String run = suspended.json().path("runId").asText();
        assertThat(served.look("status", run).out()).contains("SUSPENDED", "next redrive", "next resume");
        String lat = "\"path\": \"lat\", \"from\": [\"lat\"], \"type\": ";
        String mended = Files.readString(plan).replace(lat + "\"double\"", lat + "\"any\"");
        Files.writeString(plan, mended);
        String hash = Cli.type("plan", "validate", plan.toString(), "--json")
                .json()
                .path("hash")
                .asText();
        Said real = served.change("resume", run, "--from", "MAP", "--confirm", hash, "--json");
        assertThat(real.exitCode()).as(real.err()).isZero();
        assertThat(real.json().path("runId").asText()).isEqualTo(run);
        assertThat(real.json().path("ending").asText()).isEqualTo("CUT_OVER");
    }

    private static String pretty(JsonNode json) {
        return json.toPrettyString() + System.lineSeparator();
    }

    private String atWork() {
        await().atMost(BOUND_SECONDS, TimeUnit.SECONDS)
                .until(() -> served.world()
                                .control("runs")
                                .find(BsonDocument.parse("{state: 'OPEN'}"))
                                .first()
                        != null);
        return served.world()
                .control("runs")
                .find(BsonDocument.parse("{state: 'OPEN'}"))
                .first()
                .getString("_id")
                .getValue();
    }

    @Test
    void aProfileThatNamesItsApiIsAllThatHasToBeNamed() throws IOException {
        Path profile = folder.resolve("test.json");
        Files.writeString(
                profile,
                PROFILE.strip().replaceFirst("\\}$", ", \"admin\": {\"endpoint\": \"" + served.url() + "/\"}}"));
        String run = dryRun().json().path("runId").asText();
        assertThat(Cli.type("receipt", run, "--profile", profile.toString()).out())
                .isEqualTo(served.look("receipt", run).out());
        Said said = Cli.type(
                "run", "--plan", "world", "--profile", profile.toString(), "--environment", "test", "--reason", "x");
        assertThat(said.exitCode()).as(said.err()).isZero();
        Files.writeString(profile, Files.readString(profile).replace("\"kind\": \"test\"", "\"kind\": \"production\""));
        assertThat(Cli.type("runs", "--profile", profile.toString())
                        .failedWith("EnvironmentMismatch", 13)
                        .err())
                .contains("PRODUCTION");
    }
}
