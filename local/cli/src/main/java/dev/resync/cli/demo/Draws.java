package dev.resync.cli.demo;

import java.util.List;

/**
 * A stream of random numbers that is fixed by seed, index and topic.
 *
 * <p>Written out here, because the JDK does not promise that its generators keep their sequence from one release to the
 * next, and the generated data must be the same bytes on every JVM. Every topic has a stream of its own, so that one more
 * draw for one source does not shift the others.
 */
final class Draws {
    /** One in this many is the unit of all shares. */
    static final int WHOLE = 100_000;

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    private Draws(long state) {
        this.state = state;
    }

    static Draws of(long seed, long index, Topic topic) {
        return of(seed, index, topic, 0);
    }

    static Draws of(long seed, long index, Topic topic, int variation) {
        long mixed = mix(seed + STEP);
        mixed = mix(mixed ^ (index + STEP));
        return new Draws(mix(mixed ^ ((long) topic.ordinal() << 32 | variation) * STEP));
    }

    /** Returns a number from 0 (inclusive) to {@code bound} (exclusive). */
    int below(int bound) {
        return (int) ((next() >>> 33) * bound >>> 31);
    }

    /** Returns a number from {@code low} to {@code high}, both inclusive. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** Returns true in {@code share} of {@link #WHOLE} cases. */
    boolean chance(int share) {
        return below(WHOLE) < share;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Picks something else than {@code current}. */
    <T> T pickOther(List<T> choices, T current) {
        List<T> others =
                choices.stream().filter(choice -> !choice.equals(current)).toList();
        return pick(others);
    }

    private long next() {
        state += STEP;
        return mix(state);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** What the numbers are drawn for. */
    enum Topic {
        ASSIGNMENT,
        PERSON,
        GMC,
        TRAINEE,
        RECOMMENDATION,
        CONNECTION,
        HIDDEN,
        ODD_ROW,
        BAD_VALUE,
        LIVE,
        CHANGE
    }
}
