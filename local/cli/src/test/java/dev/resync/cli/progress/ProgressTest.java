package dev.resync.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.store.ControlJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shown of long work: in pipes lines that say something new, as JSON one object a line, on terminals a bar. */
class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private static Step step(int done, long documents, int seconds) {
        return new Step("sync-chunk", 10, done, documents, Duration.ofSeconds(seconds));
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void rateAndTimeLeftAreJudgedByWhatIsDone() {
        assertThat(step(5, 50_000, 10).perSecond()).isEqualTo(5_000);
        assertThat(step(5, 50_000, 10).etaSeconds()).isEqualTo(10);
        assertThat(step(0, 0, 10).etaSeconds()).isEqualTo(-1);
        assertThat(step(0, 0, 0).perSecond()).isZero();
    }

    @Test
    void aPipeGetsALineAtTheBeginningEveryFiveSecondsAndAtTheEnd() {
        LogProgress progress = new LogProgress("[test, grey]", out);
        for (int second = 0; second <= 12; second++) {
            progress.show(step(Math.min(10, second), 1000L * second, second));
            progress.show(step(Math.min(10, second), 1000L * second, second));
        }
        progress.show(new Step("Verify", 0, 0, 0, Duration.ZERO));
        assertThat(lines())
                .containsExactly(
                        "[test, grey] sync-chunk: 0 of 10 chunks, 0 documents, 0/s",
                        "[test, grey] sync-chunk: 5 of 10 chunks, 5,000 documents, 1,000/s, ETA 5 s",
                        "[test, grey] sync-chunk: 10 of 10 chunks, 10,000 documents, 1,000/s",
                        "[test, grey] Verify");
    }

    @Test
    void jsonIsOneObjectALineWithTheEnvironment() throws Exception {
        JsonProgress progress = new JsonProgress("test", out);
        progress.show(step(0, 0, 0));
        progress.show(step(5, 50_000, 10));
        progress.say("done");
        JsonNode second = ControlJson.mapper().readTree(lines().get(1));
        assertThat(second.path("environment").asText()).isEqualTo("test");
        assertThat(second.path("step").asText()).isEqualTo("sync-chunk");
        assertThat(second.path("done").asInt()).isEqualTo(5);
        assertThat(second.path("perSecond").asInt()).isEqualTo(5_000);
        assertThat(second.path("etaSeconds").asInt()).isEqualTo(10);
        assertThat(ControlJson.mapper().readTree(lines().get(2)).path("message").asText())
                .isEqualTo("done");
    }

    @Test
    void aTerminalGetsABarWithNameCountAndDocuments() {
        TerminalProgress progress = new TerminalProgress("[test, grey]", "[test, grey]", out);
        progress.show(step(5, 50_000, 10));
        progress.say("stopped");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("[test, grey] sync-chunk", "5/10", "docs", "stopped");
    }
}
