package dev.resync.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resync.fixture.SimulatedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a database that answers late slows a process down, and how it comes back. */
class LatencyBackoffTest {

    private static final double CLOSE = 1e-9;
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final SimulatedTime time = new SimulatedTime();
    private final LatencyBackoff backoff = new LatencyBackoff(Duration.ofMillis(50), time);

    /** Samples every two seconds, as the work on one chunk does. */
    private void sample(int times, long millis) {
        for (int i = 0; i < times; i++) {
            time.pass(LOOK);
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
    void paceIsHalvedAgainAndAgainDownToATenth() {
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
    void oneHalvingIsGivenTimeToHaveItsEffectHoweverManySamplesThereAre() {
        for (int i = 0; i < 59; i++) {
            time.pass(Duration.ofMillis(100));
            backoff.sample(Duration.ofMillis(120).toNanos());
            assertThat(backoff.share()).isEqualTo(i < 2 ? 1 : 0.5);
        }
        sample(3, 120);
        assertThat(backoff.share()).isEqualTo(0.25);
    }

    @Test
    void itComesBackStepByStep() {
        sample(3, 120);
        assertThat(backoff.share()).isEqualTo(0.5);
        sample(2, 5);
        assertThat(backoff.share()).as("the median is below the limit again").isCloseTo(0.55, within(CLOSE));
        sample(1, 5);
        assertThat(backoff.share()).isCloseTo(0.6, within(CLOSE));
        backoff.sample(1);
        assertThat(backoff.share()).as("not more often for more samples").isCloseTo(0.6, within(CLOSE));
        sample(20, 5);
        assertThat(backoff.slowedTo()).isNull();
    }

    @Test
    void whatWasFoundBeforeAProcessIdledIsForgotten() {
        sample(3, 120);
        time.pass(Duration.ofMinutes(5));
        backoff.sample(Duration.ofMillis(120).toNanos());
        assertThat(backoff.share()).isEqualTo(1);
    }

    @Test
    void withoutALimitNothingIsMeasuredOrSlowed() {
        LatencyBackoff off = new LatencyBackoff(null, time);
        for (int i = 0; i < 20; i++) {
            time.pass(LOOK);
            off.sample(Duration.ofMinutes(1).toNanos());
        }
        assertThat(off.share()).isEqualTo(1);
        assertThat(off.latencyMillis()).isNull();
    }
}
