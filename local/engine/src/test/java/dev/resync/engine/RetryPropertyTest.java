package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RetryPropertyTest {
    @Property(tries = 300)
    void jitterStaysWithinTheDelay(
            @ForAll @IntRange(min = 1, max = 600) int interval,
            @ForAll @DoubleRange(min = 1, max = 4) double rate,
            @ForAll @IntRange(min = 1, max = 8) int retries,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
        long longest = interval + 100L;
        var retrier = new State.Retrier(List.of("E"), interval, rate, retries, longest, true);
        Retries counted = new Retries(List.of(retrier));
        StatesError error = new StatesError("E", null);
        for (int i = 0; i < retries; i++) {
            double full = Math.min(longest, interval * Math.pow(rate, i)) * 1000;
            assertThat((double) counted.next(error, () -> chance).toMillis()).isBetween(0d, full + 0.5);
        }
        assertThat(counted.next(error, () -> chance)).isNull();
        assertThat(counted.count()).isEqualTo(retries);
    }
}
