package dev.resync.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.pace.Hold;
import dev.resync.pace.RunPace;
import dev.resync.store.ControlJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
        Step held = new Step("sync-chunk", 10, 5, 50_000, 0, Duration.ofSeconds(10), StepPace.FREE);
        assertThat(held.etaSeconds()).isEqualTo(-1);
    }

    @Test
    void theRateIsThatOfTheLastTenSeconds() {
        RecentRate rate = new RecentRate();
        Instant begun = Instant.parse("2026-03-01T08:00:00Z");
        assertThat(rate.perSecond(begun, 0)).isZero();
        assertThat(rate.perSecond(begun.plusSeconds(5), 5_000)).isEqualTo(1_000);
        for (int second = 6; second < 15; second++) {
            rate.perSecond(begun.plusSeconds(second), 5_000 + 100L * (second - 5));
        }
        assertThat(rate.perSecond(begun.plusSeconds(15), 6_000)).isEqualTo(100);
        assertThat(rate.perSecond(begun.plusSeconds(40), 6_000)).as("held").isZero();
        rate.reset();
        assertThat(rate.perSecond(begun.plusSeconds(41), 9_000)).isZero();
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

    private static Step held(int second) {
        RunPace pace = new RunPace(new Hold("Ada", "busy", Instant.parse("2026-03-01T08:00:00Z")), 500, null);
        return paced(second, new StepPace(pace, null, null, null));
    }

    private static Step slowed(int second) {
        return paced(second, new StepPace(RunPace.FREE, 0.4, 120L, 50L));
    }

    private static Step paced(int second, StepPace pace) {
        return new Step("sync-chunk", 10, 1, 1_000, 1_000 / second, Duration.ofSeconds(second), pace);
    }

    @Test
    void aPipeIsToldOfAHoldAtOnceAndOfWhatSlowsItDown() {
        LogProgress progress = new LogProgress("[test, grey]", out);
        progress.show(step(1, 1_000, 1));
        progress.show(held(2));
        progress.show(held(3));
        progress.show(step(1, 1_000, 4));
        progress.show(slowed(10));
        assertThat(lines())
                .containsExactly(
                        "[test, grey] sync-chunk: 1 of 10 chunks, 1,000 documents, 1,000/s, ETA 9 s",
                        "[test, grey] sync-chunk: 1 of 10 chunks, 1,000 documents, 500/s, ETA 18 s"
                                + ", held by Ada since 2026-03-01T08:00:00Z: busy, at most 500 documents a second",
                        "[test, grey] sync-chunk: 1 of 10 chunks, 1,000 documents, 250/s, ETA 36 s",
                        "[test, grey] sync-chunk: 1 of 10 chunks, 1,000 documents, 100/s, ETA 90 s"
                                + ", slowed to 40% (database latency 120 ms, limit 50 ms)");
    }

    @Test
    void jsonSaysWhoHoldsItAndWhatSlowsItDown() throws Exception {
        JsonProgress progress = new JsonProgress("test", out);
        progress.show(held(2));
        progress.show(slowed(10));
        JsonNode held = ControlJson.mapper().readTree(lines().get(0));
        assertThat(held.at("/held/who").asText()).isEqualTo("Ada");
        assertThat(held.at("/held/since").asText()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(held.path("documentsPerSecond").asInt()).isEqualTo(500);
        assertThat(held.path("slowedTo").isNull()).isTrue();
        JsonNode slowed = ControlJson.mapper().readTree(lines().get(1));
        assertThat(slowed.path("held").isNull()).isTrue();
        assertThat(slowed.path("slowedTo").asDouble()).isEqualTo(0.4);
        assertThat(slowed.path("latencyMillis").asInt()).isEqualTo(120);
    }

    @Test
    void aTerminalGetsALineForAHoldAndAShortWordForWhatSlowsItDown() {
        TerminalProgress progress = new TerminalProgress("[test, grey]", "[test, grey]", out);
        progress.show(held(2));
        progress.show(slowed(3));
        progress.close();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("[test, grey] sync-chunk: held by Ada since 2026-03-01T08:00:00Z: busy")
                .contains("[test, grey] sync-chunk: neither held nor limited")
                .contains("slowed to 40%");
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
