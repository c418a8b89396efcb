package dev.resync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.bench.micro.MicroBenchmarks;
import dev.resync.bench.micro.MicroBenchmarks.Effort;
import dev.resync.bench.micro.MicroReport;
import dev.resync.bench.micro.MicroReport.Result;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.TimeValue;

class MicroBenchmarksTest {

    @Test
    void setsEachPartBesideItsYardsticks() {
        MicroReport report = MicroBenchmarks.run(new Effort(0, 0, 1, TimeValue.milliseconds(20)));

        assertThat(report.results())
                .extracting(Result::name)
                .containsExactly(
                        "canonicalBytes",
                        "decode",
                        "decodeBundle",
                        "digest",
                        "engineMapChild",
                        "engineState",
                        "grouping",
                        "hash",
                        "mappingOneTarget",
                        "mappingTwoTargets");
        assertThat(report.results())
                .allSatisfy(result -> assertThat(result.nanos()).isPositive());
        assertThat(report.results())
                .filteredOn(result -> result.name().equals("decode"))
                .allSatisfy(decode -> assertThat(decode.perDecode()).isEqualTo(1.0));
    }
}
