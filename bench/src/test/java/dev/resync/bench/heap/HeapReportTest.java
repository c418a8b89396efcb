package dev.resync.bench.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.bench.heap.HeapReport.Function;
import dev.resync.bench.heap.HeapReport.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapReportTest {

    @Test
    void aFunctionMayHoldATenthOfTheHeapMoreAndNoMore() {
        Size small = new Size(1_000, Map.of("flat", new Function(1, 20), "grows", new Function(1, 20)), null);
        Size large = new Size(4_000, Map.of("flat", new Function(4, 32.7), "grows", new Function(4, 32.9)), null);
        assertThat(new HeapReport(128, 10_000, 2, List.of(small, large)).broken())
                .containsExactly(
                        "grows holds 20.0 MB with 1,000 doctors and 32.9 MB with 4,000; allowed is 12.8 MB more");
    }

    @Test
    void whatWasTooShortToBeSeenSaysNothing() {
        Size small = new Size(1_000, Map.of("short", new Function(1, 0)), null);
        Size large = new Size(4_000, Map.of("short", new Function(4, 40), "new", new Function(1, 40)), null);
        HeapReport report = new HeapReport(128, 10_000, 2, List.of(small, large));
        assertThat(report.broken()).isEmpty();
        assertThat(report.text()).contains("| short | 1 |  | 4 | 40.0 |", "| all | 1 | 0.0 | 5 | 40.0 |");
    }

    @Test
    void aHeapThatIsNotEnoughIsNamedWithTheFunction() {
        Size small = new Size(1_000, Map.of(), "the run ended FAILED in map-chunk: Lambda.Unknown, gone");
        assertThat(new HeapReport(128, 10_000, 2, List.of(small)).broken())
                .containsExactly(
                        "with 1,000 doctors and -Xmx128m the run ended FAILED in map-chunk: Lambda.Unknown, gone");
    }
}
