package dev.resync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import picocli.CommandLine;

/** A small run of the whole benchmark: that it measures all it promises, and that its contenders do the same work. */
@EnabledIfSystemProperty(
        named = "resync.bench",
        matches = "true",
        disabledReason = "a small run of the benchmark takes half a minute: .ci/run --packages makes it")
class BenchCommandTest {

    private static final String[] ROWS = {
        "limit-read",
        "limit-write",
        "per-document",
        "spring-batch",
        "spring-batch-gathered",
        "driver-copy",
        "snapshot",
        "sync",
        "map",
        "sync-and-map",
        "verify",
        "cut-over",
        "restore",
        "whole-resync",
        "whole-restore"
    };

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void measuresAllRowsAndRatiosOnBothWays() throws IOException {
        int code = bench(
                "--documents",
                "1000",
                "--warm-up",
                "0",
                "--repeat",
                "1",
                "--round-trip-ms",
                "0.2",
                "--targets",
                "2",
                "--json");

        // Not 0 where a contender left other documents than the rest.
        assertThat(code).as(err.toString()).isZero();
        JsonNode report = ControlJson.mapper().readTree(out.toString());
        for (String link : List.of("bare", "proxied")) {
            List<JsonNode> rows = StreamSupport.stream(report.get("rows").spliterator(), false)
                    .filter(row -> row.get("link").asText().equals(link))
                    .toList();
            assertThat(rows).extracting(row -> row.get("name").asText()).contains(ROWS);
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.get("seconds").asDouble()).isPositive();
                assertThat(row.get("client").get("allocatedBytes").asLong()).isPositive();
                assertThat(row.get("server").has("pauseMillis")).isTrue();
            });
            assertThat(rows)
                    .filteredOn(row -> row.get("name").asText().equals("sync"))
                    .allSatisfy(row -> assertThat(row.get("rangeReads").asInt()).isPositive());
            JsonNode ratios = report.get("ratios").get("twoTargets").get(link);
            List<String> names = new ArrayList<>();
            ratios.fieldNames().forEachRemaining(names::add);
            assertThat(names)
                    .contains(
                            "wholeResyncVsPerDocument",
                            "syncAndMapVsPerDocument",
                            "syncAndMapVsSpringBatch",
                            "syncAndMapVsSpringBatchGathered",
                            "snapshotVsDriverCopy",
                            "restoreVsDriverCopy",
                            "syncAndMapVsLimit",
                            "engineShare");
        }
        assertThat(report.get("roundTrip").get("megabytesPerSecond").asDouble()).isPositive();
        assertThat(report.get("skipped").findValuesAsText("name")).contains("mongosync");
    }

    @Test
    void namesAnOptionThatCannotBe() {
        assertThat(bench("--documents", "10")).isEqualTo(16);
        assertThat(err.toString()).contains("--documents is 10; expected 1000 to 10000000.");
        assertThat(bench("--only", "nobody")).isEqualTo(16);
        assertThat(err.toString()).contains("--only names nobody; expected some of [limit-read,");
    }

    private int bench(String... arguments) {
        CommandLine command = BenchCommand.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
