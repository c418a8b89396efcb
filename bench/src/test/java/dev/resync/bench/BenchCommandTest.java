package dev.resync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Test
    void holdsTheStateMachinesAgainstTheQuotas() throws IOException {
        assertThat(bench("simulate", "--json")).as(err.toString()).isZero();
        JsonNode passes = ControlJson.mapper().readTree(out.toString()).get("passes");
        assertThat(passes).hasSize(4);
        assertThat(passes).allSatisfy(pass -> {
            assertThat(pass.get("counted").get("mostItems").asInt()).isEqualTo(10_000);
            assertThat(pass.get("counted").get("functionsAtOnce").asInt()).isEqualTo(1_000);
        });

        assertThat(bench("simulate", "--items", "10001", "--faults", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("BROKEN resync: items of a map is 10,001; allowed is 10,000");
    }

    @Test
    void runsTheFunctionsInASmallHeap() throws IOException {
        assertThat(bench("heap", "--documents", "1000,2000", "--chunk-documents", "1000", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode sizes = ControlJson.mapper().readTree(out.toString()).get("sizes");
        assertThat(sizes).hasSize(2);
        assertThat(sizes.get(1).get("functions").properties())
                .extracting(Map.Entry::getKey)
                .contains("plan-chunks", "snapshot-chunk", "map-chunk", "restore-chunk", "verify", "cut-over");
        assertThat(sizes.get(1)
                        .get("functions")
                        .get("map-chunk")
                        .get("liveMegabytes")
                        .asDouble())
                .isBetween(1.0, 128.0);
    }

    @Test
    void measuresHowARunGrows() throws IOException {
        // So small that the fixed cost of a run outweighs its documents: what it says is not held against it.
        assertThat(bench("growth", "--documents", "1000", "--times", "2", "--json"))
                .as(err.toString())
                .isBetween(0, 1);
        JsonNode report = ControlJson.mapper().readTree(out.toString());
        assertThat(report.get("large").get("doctors").asInt()).isEqualTo(2_000);
        assertThat(report.get("growth").properties())
                .extracting(Map.Entry::getKey)
                .contains("resync: sync-chunk", "restore: restore-chunk", "whole-resync", "whole-restore");
        JsonNode sync = report.get("small").get("rows").get("resync: sync-chunk");
        assertThat(sync.get("time").get("seconds").asDouble()).isPositive();
        assertThat(sync.get("scans").get("seconds").asDouble()).isPositive();
    }

    private int bench(String... arguments) {
        CommandLine command = BenchCommand.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
