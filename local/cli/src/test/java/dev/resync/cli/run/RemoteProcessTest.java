package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resync.cli.Cli;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on an admin API as processes that are interrupted, and the console. */
class RemoteProcessTest {

    private static final int BOUND_SECONDS = 120;
    /** As many chunks as keep a run at work until it is held. */
    private static final int REGIONS = 300;

    private static final String PROFILE = """
            {"name": "test", "colour": "blue", "kind": "test", "approval": "none", "maxConcurrency": 2,
              "starts": {"api": {"who": ["*"], "realRuns": true}},
              "callers": {"viewers": ["*"], "operators": ["*"], "approvers": ["*"]}}
            """;

    @TempDir
    private Path folder;

    private ServedWorld served;
    private Process process;

    @BeforeEach
    void serve() {
        served = new ServedWorld(REGIONS, PROFILE);
    }

    @AfterEach
    void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        served.close();
    }

    private void start(String... command) throws IOException {
        process = new ProcessBuilder(Cli.process(command))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Starts a dry run, holds it once it is at work, and interrupts the command that follows it; returns the run's id. */
    private String interrupted(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "run", "--plan", "world", "--endpoint", served.url(), "--environment", "test", "--reason", "a test"));
        command.addAll(List.of("--chunk-documents", "1"));
        command.addAll(List.of(more));
        start(command.toArray(String[]::new));
        await().atMost(BOUND_SECONDS, TimeUnit.SECONDS).until(() -> open() != null);
        String run = open().getString("_id").getValue();
        assertThat(served.change("hold", run).exitCode()).isZero();
        await().atMost(BOUND_SECONDS, TimeUnit.SECONDS).until(() -> said("err").contains("held by ada@example.com"));
        process.destroy();
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        return run;
    }

    private BsonDocument open() {
        return served.world()
                .control("runs")
                .find(BsonDocument.parse("{state: 'OPEN'}"))
                .first();
    }

    private String said(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    void anInterruptLeavesTheRunAloneAndSaysHowToStopIt() throws Exception {
        String run = interrupted();
        assertThat(said("err"))
                .contains("Run " + run + " goes on without this command. To stop it: ")
                .contains(
                        "stop " + run + " --endpoint " + served.url() + " --environment test" + System.lineSeparator());
        assertThat(served.look("status", run).out()).contains("OPEN", "held by");
        assertThat(served.change("stop", run).exitCode()).isZero();
    }

    @Test
    void anInterruptStopsTheRunWhereThatWasAskedFor() throws Exception {
        String run = interrupted("--stop-on-interrupt");
        assertThat(said("err")).contains("Run " + run + " was told to stop");
        await().atMost(BOUND_SECONDS, TimeUnit.SECONDS)
                .until(() -> served.look("receipt", run, "--json").json().has("ending"));
        assertThat(served.look("receipt", run, "--json")
                        .json()
                        .at("/error/name")
                        .asText())
                .isEqualTo("Resync.Stopped");
    }

    @Test
    void theConsoleShowsTheEnvironmentFirstAndServesPageAndApiUnderOneOrigin() throws Exception {
        start("console", "--endpoint", served.url());
        await().atMost(BOUND_SECONDS, TimeUnit.SECONDS).until(() -> said("out").contains(System.lineSeparator()));
        assertThat(said("err")).contains("environment test", "colour blue");
        String address = said("out").strip().replaceFirst(".* ", "");
        HttpClient browser = HttpClient.newHttpClient();
        String origin = address.replaceFirst("/console/#key=.*", "");
        String key = address.replaceFirst(".*#key=", "");
        assertThat(get(browser, origin + "/console/", null).body()).contains("<html");
        assertThat(get(browser, origin + "/environment", key).body()).contains("\"test\"");
        assertThat(get(browser, origin + "/environment", null).statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> get(HttpClient browser, String address, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (key != null) {
            request.header("X-Resync-Console", key);
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }
}
