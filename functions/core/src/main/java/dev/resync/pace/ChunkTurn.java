package dev.resync.pace;

import dev.resync.chunk.ChunkAtWork;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says whether a chunk may be worked on, where fewer are allowed at once than are begun. All that are begun stand in one order,
 * which each function works out for itself: those at work before those that wait, then by index. As many as are allowed
 * from its beginning may work, so that the first always may. A function that died stands still and drops out of it. For one thread.
 */
final class ChunkTurn {

    /** Fifteen missed beats: longer than any one command should take. */
    static final Duration STANDS_STILL = Duration.ofSeconds(30);

    private final Map<Integer, Seen> seen = new HashMap<>();
    private final int index;

    /**
     * @param beat its count when it was seen first
     * @param since reading of the time then
     */
    private record Seen(long beat, long since) {}

    /** @param index index of the chunk that asks */
    ChunkTurn(int index) {
        this.index = index;
    }

    /**
     * Returns whether the chunk may be worked on.
     *
     * @param begun all chunks of its stage that are begun; it need not be among them
     * @param working whether it is at work already
     * @param allowed chunks that may be worked on at once, 1 or more
     * @param now reading of the time, in nanoseconds
     */
    boolean has(List<ChunkAtWork> begun, boolean working, int allowed, long now) {
        return begun.stream()
                        .filter(other -> other.index() != index && alive(other, now))
                        .filter(other -> other.progress().waiting() == !working
                                ? other.index() < index
                                : !other.progress().waiting())
                        .count()
                < allowed;
    }

    private boolean alive(ChunkAtWork other, long now) {
        long beat = other.progress().beat();
        Seen before = seen.get(other.index());
        if (before == null || before.beat() != beat) {
            seen.put(other.index(), new Seen(beat, now));
            return true;
        }
        return now - before.since() < STANDS_STILL.toNanos();
    }
}
