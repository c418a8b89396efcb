package dev.resync.cli.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.hash.ContentHash;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands hold, continue and throttle, for a run in another process and for those that they cannot be meant for. */
class PaceCommandTest {

    private static final int BOUND_SECONDS = 120;
    private static final int STILL_SECONDS = 4;
    /** Large enough to be at work when it is told to hold. */
    private static final int LARGE = 500;

    private static final int SMALL = 5;

    private static final List<String> WHO = List.of("--requested-by", "Ada", "--reason", "the database is busy");

    private WorldDatabase world;
    private Process process;

    @TempDir
    private Path folder;

    @BeforeEach
    void load() {
        world = new WorldDatabase(SMALL);
    }

    @AfterEach
    void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        world.close();
    }

    @Test
    void aRunInAnotherProcessIsHeldSaysSoAndGoesOn() throws Exception {
        world.close();
        world = new WorldDatabase(LARGE);
        world.realRun();
        ContentHash before = world.view();
        String runId = start();

        Said held = Cli.type(world.arguments("hold", WHO, runId));
        assertThat(held.exitCode()).as(held.err()).isZero();
        assertThat(held.json().at("/pace/held/who").asText()).isEqualTo("Ada");
        await().atMost(BOUND_SECONDS, SECONDS).until(() -> progressSays("the database is busy"));
        awaitStandingStill();
        assertThat(Cli.type(world.arguments("reconcile", List.of())).json().path("closed"))
                .as("reconcile leaves it alone")
                .isEmpty();
        assertThat(Cli.type("runs", "--mongo-uri", world.uri()).out())
                .contains("held by Ada since ")
                .contains(": the database is busy");

        Said on = Cli.type(world.arguments("continue", List.of("--requested-by", "Grace"), runId));
        assertThat(on.exitCode()).as(on.err()).isZero();
        assertThat(on.json().has("pace")).isFalse();
        assertThat(process.waitFor(BOUND_SECONDS, SECONDS)).isTrue();
        JsonNode receipt = ControlJson.mapper().readTree(Files.readString(folder.resolve("out")));
        ReceiptSchema.requireKept(receipt);
        assertThat(receipt.path("ending").asText()).isEqualTo("CUT_OVER");
        assertThat(process.exitValue()).isZero();
        assertThat(world.view()).isEqualTo(before);
    }

    /** Starts a real run of many small chunks; returns its id once it is at work. */
    private String start() throws IOException {
        String[] run = world.run(
                WorldDatabase.PLAN, "--confirm", world.token(), "--chunk-documents", "1", "--concurrency", "2");
        process = new ProcessBuilder(Cli.process(run))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        await().atMost(BOUND_SECONDS, SECONDS).until(() -> open() != null);
        return open().getString("_id").getValue();
    }

    private BsonDocument open() {
        return world.control("runs").find(Filters.eq("state", "OPEN")).first();
    }

    private boolean progressSays(String text) throws IOException {
        return Files.readString(folder.resolve("err")).contains(text);
    }

    private void awaitStandingStill() {
        AtomicLong before = new AtomicLong(-1);
        await().during(STILL_SECONDS, SECONDS).atMost(BOUND_SECONDS, SECONDS).until(() -> {
            long done = world.control("chunks").countDocuments(Filters.eq("done", true));
            return before.getAndSet(done) == done;
        });
        assertThat(process.isAlive()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hold, --requested-by Ada, --reason is missing",
        "hold, --reason x, --requested-by is missing",
        "continue, , --requested-by is missing",
        "throttle, --requested-by Ada, --documents-per-second and --concurrency are both missing",
        "throttle, --requested-by Ada --documents-per-second many, --documents-per-second is many; expected a whole number",
        "throttle, --requested-by Ada --concurrency 1.5, --concurrency is 1.5; expected a whole number",
        "throttle, --requested-by Ada --concurrency 5, concurrency is 5; expected a whole number from 1 to 4",
        "throttle, --requested-by Ada --documents-per-second 0, documentsPerSecond is 0; expected a whole number from"
    })
    void whatIsMissingOrWrongIsNamed(String command, String options, String expected) {
        String runId = opened();
        BsonDocument before = open();
        List<String> given = options == null ? List.of() : List.of(options.split(" "));
        Said said = Cli.type(world.arguments(command, given, runId)).failedWith("RequestInvalid", 16);
        assertThat(said.err()).contains(expected);
        assertThat(open()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"hold, ''", "continue, ''", "throttle, --concurrency 1"})
    void aRunOfAnotherEnvironmentOrThatIsClosedIsLeftAlone(String command, String options) {
        String runId = opened();
        List<String> given = new ArrayList<>(WHO);
        if (!options.isEmpty()) {
            given.addAll(List.of(options.split(" ")));
        }
        String[] elsewhere = world.arguments(command, given, runId);
        elsewhere[List.of(elsewhere).indexOf("test")] = "prod";
        Cli.type(elsewhere).failedWith("DatabaseForeign", 42);
        world.control("runs").updateOne(Filters.eq("_id", runId), Updates.set("state", "CLOSED"));
        Cli.type(world.arguments(command, given, runId)).failedWith("RunClosed", 35);
        Cli.type(world.arguments(command, given, "test-nothing")).failedWith("RunUnknown", 21);
    }

    @Test
    void limitsAreShownAndTakenAway() {
        String runId = opened();
        Said limited = Cli.type(world.arguments(
                "throttle",
                List.of("--requested-by", "Ada", "--documents-per-second", "500", "--concurrency", "2"),
                runId));
        assertThat(limited.exitCode()).as(limited.err()).isZero();
        assertThat(limited.json().at("/pace/documentsPerSecond").asInt()).isEqualTo(500);
        assertThat(limited.json().at("/pace/concurrency").asInt()).isEqualTo(2);
        assertThat(Cli.type("runs", "--mongo-uri", world.uri()).out())
                .contains("at most 500 documents a second, at most 2 chunks at once");
        Said one = Cli.type(
                world.arguments("throttle", List.of("--requested-by", "Ada", "--documents-per-second", "none"), runId));
        assertThat(one.json().path("pace").has("documentsPerSecond")).isFalse();
        assertThat(one.json().at("/pace/concurrency").asInt()).isEqualTo(2);
    }

    /** Returns the id of a run that looks as if it were at work, on AWS. */
    private String opened() {
        Said dryRun = Cli.type(world.run(WorldDatabase.PLAN));
        String runId = dryRun.json().path("runId").asText();
        world.control("runs")
                .updateOne(
                        Filters.eq("_id", runId),
                        Updates.combine(
                                Updates.set("state", "OPEN"),
                                Updates.set("execution", "arn:aws:states:eu-west-2:123456789012:execution:resync:one"),
                                Updates.unset("ending"),
                                Updates.unset("receipt")));
        return runId;
    }
}
