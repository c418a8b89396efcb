package dev.resync.cli.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.hash.ContentHash;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in a process of its own that is interrupted, killed, or stopped from another one. */
class ProcessTest {

    private static final int BOUND_SECONDS = 120;
    private static final int LARGE = 1_000;

    private WorldDatabase world;
    private ContentHash before;
    private Process process;

    @TempDir
    private Path folder;

    @BeforeEach
    void load() {
        world = new WorldDatabase();
        world.realRun();
        before = world.view();
    }

    @AfterEach
    void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void anInterruptClosesTheRunBeforeTheProcessEnds(String signal, int exitCode) throws Exception {
        startInTheMiddle();
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(process.waitFor(BOUND_SECONDS, SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exitCode);
        JsonNode receipt = ControlJson.mapper().readTree(Files.readString(folder.resolve("out")));
        assertThat(receipt.path("ending").asText()).isEqualTo("UNTOUCHED");
        ReceiptSchema.requireKept(receipt);
        requireClosed();
    }

    @Test
    void aKilledRunIsClosedByReconcile() throws Exception {
        startInTheMiddle();
        process.destroyForcibly().waitFor();
        Said said = Cli.type(world.arguments("reconcile", List.of()));
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.json().at("/closed/0/ending").asText()).isEqualTo("UNTOUCHED");
        ReceiptSchema.requireKept(said.json().at("/closed/0"));
        requireClosed();
    }

    @Test
    void aKilledRunGoesOnInAnotherProcess() throws Exception {
        String runId = startInTheMiddle();
        process.destroyForcibly().waitFor();
        Said resumed = Cli.type(world.arguments(
                "resume", List.of(runId, "--plan", WorldDatabase.PLAN, "--requested-by", "Ada", "--reason", "on")));
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.json().path("runId").asText()).isEqualTo(runId);
        assertThat(resumed.json().path("ending").asText()).isEqualTo("CUT_OVER");
        assertThat(world.view()).isEqualTo(before);
    }

    @Test
    void aRunAtWorkElsewhereIsLeftAloneByReconcileAndResumeAndStoppedByStop() throws Exception {
        // Larger, so that it is still at work when all others have had their say.
        world.close();
        world = new WorldDatabase(LARGE);
        world.realRun();
        before = world.view();
        String runId = startInTheMiddle("SNAPSHOT");
        Said reconciled = Cli.type(world.arguments("reconcile", List.of()));
        assertThat(reconciled.json().path("closed")).isEmpty();
        Cli.type(world.arguments(
                        "resume",
                        List.of(runId, "--plan", WorldDatabase.PLAN, "--requested-by", "Ada", "--reason", "on")))
                .failedWith("ExecutionLost", 40);
        Said stopped = Cli.type(world.arguments("stop", List.of(runId)));
        assertThat(stopped.exitCode()).as(stopped.err()).isZero();
        assertThat(stopped.json().path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(process.waitFor(BOUND_SECONDS, SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(4);
        requireClosed();
    }

    private String startInTheMiddle() throws IOException {
        return startInTheMiddle("SYNC");
    }

    /** Starts a real run of many small chunks and returns its id once some of a stage are done. */
    private String startInTheMiddle(String stage) throws IOException {
        String[] run = world.run(
                WorldDatabase.PLAN, "--confirm", world.token(), "--chunk-documents", "1", "--concurrency", "1");
        process = new ProcessBuilder(Cli.process(run))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        await().atMost(BOUND_SECONDS, SECONDS).until(() -> open() != null && done(stage, open()) >= 3);
        return open();
    }

    private long done(String stage, String runId) {
        return world.control("chunks")
                .countDocuments(new BsonDocument("stage", new BsonString(stage))
                        .append("done", BsonBoolean.TRUE)
                        .append("run", new BsonString(runId)));
    }

    private String open() {
        BsonDocument run = world.control("runs")
                .find(BsonDocument.parse("{state: 'OPEN'}"))
                .first();
        return run == null ? null : run.getString("_id").getValue();
    }

    private void requireClosed() {
        assertThat(world.view()).isEqualTo(before);
        assertThat(world.control("runs").countDocuments(BsonDocument.parse("{state: {$ne: 'CLOSED'}}")))
                .isZero();
        assertThat(world.control("locks").countDocuments(BsonDocument.parse("{holder: {$ne: null}}")))
                .isZero();
    }
}
