package dev.resync.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a database that answers late slows a run down, and how it comes back. */
class LatencyBackoffTest {

    private static final double CLOSE = 1e-9;

    private final LatencyBackoff backoff = new LatencyBackoff(Duration.ofMillis(50));

    private void sample(int times, long millis) {
        for (int i = 0; i < times; i++) {
            backoff.sample(Duration.ofMillis(millis).toNanos());
        }
    }

    @Test
    void nothingIsSlowedUpToTheLimit() {
        sample(20, 50);
        assertThat(backoff.share()).isEqualTo(1);
        assertThat(backoff.slowedTo()).isNull();
        assertThat(backoff.latencyMillis()).isEqualTo(50);
    }

    @Test
    void aSingleSlowCommandSaysNothing() {
        sample(3, 5);
        sample(1, 10_000);
        sample(3, 5);
        sample(1, 10_000);
        sample(3, 5);
        assertThat(backoff.share()).isEqualTo(1);
        assertThat(backoff.latencyMillis()).isEqualTo(5);
    }

    @Test
    void paceIsHalvedForEachSeveralSlowCommandsDownToATenth() {
        sample(5, 5);
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sample(1, 120);
            if (shares.isEmpty() || shares.get(shares.size() - 1) != backoff.share()) {
                shares.add(backoff.share());
            }
        }
        assertThat(shares).containsExactly(1.0, 0.5, 0.25, 0.125, LatencyBackoff.LEAST);
        assertThat(backoff.latencyMillis()).isEqualTo(120);
    }

    @Test
    void oneHalvingIsGivenTimeToHaveItsEffect() {
        sample(3, 120);
        assertThat(backoff.share()).isEqualTo(0.5);
        sample(1, 120);
        assertThat(backoff.share()).isEqualTo(0.5);
        assertThat(backoff.latencyMillis()).isEqualTo(120);
    }

    @Test
    void itComesBackStepByStep() {
        sample(3, 120);
        double before = backoff.share();
        sample(2, 5);
        assertThat(backoff.share()).as("the median is below the limit again").isCloseTo(before + 0.05, within(CLOSE));
        sample(1, 5);
        assertThat(backoff.share()).isCloseTo(before + 0.1, within(CLOSE));
        sample(20, 5);
        assertThat(backoff.slowedTo()).isNull();
    }

    @Test
    void withoutALimitNothingIsMeasuredOrSlowed() {
        LatencyBackoff off = new LatencyBackoff(null);
        for (int i = 0; i < 20; i++) {
            off.sample(Duration.ofMinutes(1).toNanos());
        }
        assertThat(off.share()).isEqualTo(1);
        assertThat(off.latencyMillis()).isNull();
    }
}
