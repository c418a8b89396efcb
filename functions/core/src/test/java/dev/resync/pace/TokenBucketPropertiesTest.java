package dev.resync.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Whoever waits as the bucket says keeps to its rate, whatever the batches and however long they take. */
class TokenBucketPropertiesTest {

    private static final int BATCHES = 200;
    private static final int LARGEST = 1_000;
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    /** A wait is rounded to a nanosecond. */
    private static final double ROUNDING = 0.01;

    @Property
    void neverMoreThanTheRateAndOneBatch(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.1, max = 100_000) double rate) {
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(0);
        bucket.setRate(rate, 0);
        long now = 0;
        double taken = 0;
        for (int i = 0; i < BATCHES; i++) {
            now += bucket.nanosToWait(now);
            double batch = batch(random);
            taken += batch;
            assertThat(taken).isLessThanOrEqualTo(rate * now / SECOND + batch + ROUNDING);
            now += work(random);
            bucket.take(batch, now);
        }
    }

    @Property
    void neverMoreInAnyTimeThanTheRateASecondsWorthAndOneBatch(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.1, max = 100_000) double rate) {
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(0);
        bucket.setRate(rate, 0);
        long[] at = new long[BATCHES];
        double[] batches = new double[BATCHES];
        long now = 0;
        for (int i = 0; i < BATCHES; i++) {
            now += bucket.nanosToWait(now);
            at[i] = now;
            batches[i] = batch(random);
            now += work(random);
            bucket.take(batches[i], now);
        }
        for (int from = 0; from < BATCHES; from++) {
            double taken = 0;
            for (int to = from; to < BATCHES; to++) {
                taken += batches[to];
                double allowed = rate * (at[to] - at[from]) / SECOND + rate + batches[to];
                assertThat(taken).isLessThanOrEqualTo(allowed + ROUNDING);
            }
        }
    }

    @Property
    void nobodyWaitsLongerThanTheRateAsksFor(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.1, max = 100_000) double rate) {
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(0);
        bucket.setRate(rate, 0);
        long now = 0;
        double taken = 0;
        for (int i = 0; i < BATCHES; i++) {
            double batch = batch(random);
            bucket.take(batch, now);
            taken += batch;
            now += bucket.nanosToWait(now);
            assertThat(now / SECOND).isLessThanOrEqualTo(taken / rate + ROUNDING);
        }
    }

    @Property
    void aRateThatChangesCountsFromThenOn(@ForAll long seed) {
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(0);
        long now = 0;
        double taken = 0;
        double allowed = 0;
        double rate = 1;
        bucket.setRate(rate, 0);
        for (int i = 0; i < BATCHES; i++) {
            long before = now;
            now += bucket.nanosToWait(now);
            double batch = batch(random);
            taken += batch;
            allowed += rate * (now - before) / SECOND;
            assertThat(taken).isLessThanOrEqualTo(allowed + batch + ROUNDING);
            bucket.take(batch, now);
            rate = 0.1 + random.nextDouble() * LARGEST;
            bucket.setRate(rate, now);
        }
    }

    @Property
    void nobodyWaitsWhereThereIsNoLimit(@ForAll long seed) {
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(0);
        bucket.setRate(1, 0);
        bucket.take(LARGEST, 0);
        bucket.setRate(Double.POSITIVE_INFINITY, 0);
        for (int i = 0; i < BATCHES; i++) {
            bucket.take(batch(random), i);
            assertThat(bucket.nanosToWait(i)).isZero();
        }
    }

    /** Halves, too: of documents that are gone over twice. */
    private static double batch(Random random) {
        return (1 + random.nextInt(LARGEST)) / 2.0;
    }

    private static long work(Random random) {
        return random.nextInt(3) == 0 ? (long) (random.nextDouble() * 3 * SECOND) : 0;
    }
}
