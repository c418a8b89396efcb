package dev.resync.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resync.bench.growth.Clocks.Time;
import dev.resync.bench.growth.GrowthReport.Growth;
import dev.resync.bench.growth.GrowthReport.Size;
import dev.resync.bench.growth.GrowthReport.Spent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthReportTest {

    private static final String ROW = GrowthReport.RESYNC;

    @Test
    void takesTheScansOutBeforeItCompares() {
        Size small = size(1_000, new Spent(1, new Time(11, 22), new Time(1, 2)), 0.01);
        Size large = size(4_000, new Spent(4, new Time(60, 128), new Time(16, 36)), 0.01);
        GrowthReport report = GrowthReport.of(1, 10_000, small, large);
        Growth growth = report.growth().get(ROW);
        assertThat(growth.seconds()).isCloseTo(60.0 / 11 / 4, within(1e-9));
        assertThat(growth.secondsWithoutScans()).isCloseTo(1.1, within(1e-9));
        assertThat(growth.processors()).isCloseTo(128.0 / 22 / 4, within(1e-9));
        assertThat(growth.processorsWithoutScans()).isCloseTo(1.15, within(1e-9));
        assertThat(report.broken()).isEmpty();
    }

    @Test
    void namesARunThatGrowsFasterThanItsDocumentsAndAnEngineThatTakesTooMuch() {
        Size small = size(1_000, new Spent(1, new Time(10, 20), Time.NONE), 0.011);
        Size large = size(4_000, new Spent(4, new Time(40, 93), Time.NONE), 0.001);
        assertThat(GrowthReport.of(1, 10_000, small, large).broken())
                .containsExactly(
                        "whole-resync takes 1.16 times as much time of the processors a document with 4,000 doctors as with"
                                + " 1,000; allowed is 1.15",
                        "the engine takes 1.10 % of the processors' time of the run with 1,000 doctors; allowed is 1 %");
    }

    private static Size size(int doctors, Spent spent, double engineShare) {
        return new Size(doctors, 4L * doctors, Map.of(ROW, spent), 0, Time.NONE, engineShare);
    }
}
