package dev.resync.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.bench.simulation.SimulationReport.Pass;
import dev.resync.estimate.ExecutionShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The deployed state machines with many chunks, and what is counted of them against what is estimated and allowed. */
class SimulationTest {

    private static final int ITEMS = 200;
    private static final int CONCURRENCY = 20;
    private static final double FAULTS = 0.2;

    @Test
    void comesToWhatIsEstimatedWithAndWithoutFaults() {
        List<String> said = new ArrayList<>();
        Simulation.Settings settings = new Simulation.Settings(
                ITEMS, CONCURRENCY, List.of(0.0, FAULTS), 7, Path.of(System.getProperty("resync.home"), "plans"));
        SimulationReport report = new Simulation(settings, said::add).run();

        assertThat(report.passes())
                .extracting(pass -> pass.counted().machine())
                .containsExactly("resync", "resync", "restore", "restore");
        assertThat(report.passes()).allSatisfy(pass -> {
            assertThat(pass.checks()).allMatch(QuotaCheck::kept);
            assertThat(pass.counted().functionsAtOnce()).isEqualTo(CONCURRENCY);
            assertThat(pass.counted().childrenAtOnce()).isEqualTo(CONCURRENCY);
            assertThat(pass.counted().mostItems()).isEqualTo(ITEMS);
            assertThat(pass.counted().executions())
                    .isEqualTo(1 + (long) pass.counted().maps() * ITEMS);
        });
        assertThat(report.kept()).isTrue();
        assertThat(report.text()).anyMatch(line -> line.startsWith("| resync | 20 % |"));
        Counted plain = report.passes().get(0).counted();
        Counted faulty = report.passes().get(1).counted();
        assertThat(plain.failedCalls()).isZero();
        assertThat(plain.shape()).isEqualTo(ExecutionShape.of(false, false, plain.executions() - 1));
        assertThat(faulty.failedCalls()).isPositive();
        assertThat(faulty.transitions()).isEqualTo(plain.transitions() + faulty.failedCalls());
        assertThat(faulty.childHistoryEvents()).isGreaterThan(plain.childHistoryEvents());
        // Less than one call after another would take.
        assertThat(plain.virtualSeconds()).isLessThan(20.0 * plain.calls());
    }

    @Test
    void namesWhatIsBeyondAQuota() {
        Counted within = new Counted(
                "resync",
                "SUCCEEDED",
                1,
                10_001,
                10_000,
                10_000,
                1_000,
                10_003,
                10_003,
                10_002,
                0,
                0,
                0,
                25_000,
                7,
                95_000,
                262_144,
                "items of SnapshotChunks",
                1,
                null);
        assertThat(QuotaCheck.of(within, 1_000)).allMatch(QuotaCheck::kept);
        Counted beyond = new Counted(
                "resync",
                "TIMED_OUT",
                1,
                10_002,
                10_001,
                10_001,
                1_001,
                10_004,
                10_004,
                10_003,
                0,
                0,
                0,
                7,
                25_001,
                95_000,
                262_145,
                "items of SnapshotChunks",
                1,
                ExecutionShape.of(false, false, 10_001));
        SimulationReport report =
                new SimulationReport(10_001, 1_000, List.of(new Pass(0, beyond, QuotaCheck.of(beyond, 1_000), 1, 1)));
        assertThat(report.kept()).isFalse();
        assertThat(report.passes().get(0).checks().stream().filter(check -> !check.kept()))
                .extracting(check -> check.quota() + ": " + check.value() + " of " + check.limit())
                .contains(
                        "end of the execution: TIMED_OUT of SUCCEEDED",
                        "events of a history: 25,001 of 25,000",
                        "bytes of a payload (items of SnapshotChunks): 262,145 of 262,144",
                        "items of a map: 10,001 of 10,000",
                        "children of a map at once: 10,001 of 10,000",
                        "functions at once: 1,001 of 1,000",
                        "functions at once as asked for: 1,001 of 1,000")
                .anyMatch(broken -> broken.startsWith("as estimate says: "));
    }
}
