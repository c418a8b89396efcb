package dev.resync.pace;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkProgress;
import dev.resync.chunk.ChunkStore;
import dev.resync.error.ChunkOverdue;
import dev.resync.run.Run;
import dev.resync.stage.Deadline;
import dev.resync.stage.StageContext;
import java.time.Duration;

/**
 * Keeps the work on one chunk to the pace of its run: it waits while the run is held or other chunks have their turn, takes no
 * more than its share of the documents that the run may handle in a second, and slows down where the database does. Every two
 * seconds it says how far the chunk is. The time of that write, and of the one that begins a chunk, is taken for the database's
 * latency: both are small and always alike, and like all that a run writes they wait for the majority of the servers. For one
 * thread.
 */
public final class Pace {

    /** No wait is shorter, so that waiting costs little beside the work. */
    private static final Duration GRAIN = Duration.ofMillis(100);

    private final ChunkStore chunks;
    private final Chunk chunk;
    private final PassingTime time;
    private final RunWatch watch;
    private final TokenBucket bucket;
    private final LatencyBackoff backoff;
    private final ChunkTurn turn;
    private boolean working = true;
    private double documents;
    private long beat;
    private long restedAt;

    /**
     * @param deadline of the call
     * @param run as it was when the call entered it
     * @param chunk as the call has begun it
     */
    public Pace(StageContext context, Deadline deadline, Run run, Chunk chunk) {
        this.chunks = context.chunks();
        this.chunk = chunk;
        this.time = context.time();
        this.watch = new RunWatch(context, deadline, run);
        this.bucket = new TokenBucket(time.nanos());
        this.backoff = context.backoff();
        this.turn = new ChunkTurn(chunk.index());
        this.restedAt = time.nanos();
    }

    /**
     * Waits until the chunk may be worked on.
     *
     * @throws dev.resync.error.RunHeld where that takes too long for one call
     * @throws dev.resync.error.RunClosed where the run is closed meanwhile
     */
    public void begin() {
        if (!watch.run().pace().isFree() || backoff.share() < 1) {
            working = watch.run().pace().isFree();
            look();
            awaitTurn();
        }
    }

    /**
     * Returns documents that are handed out at the pace of the run, each of which counts as it is handed out.
     *
     * @param read may be read by a cursor, which is closed where the run is held for too long
     * @param weight what each counts, such as a half where the chunk goes twice over its documents; more than 0
     */
    public <T> Iterable<T> over(Iterable<T> read, double weight) {
        return new PacedDocuments<>(read, () -> take(weight));
    }

    /**
     * Counts documents that were handled, and waits as the pace of the run asks for.
     *
     * @param handled documents, or parts of them where the chunk goes over them several times
     * @throws dev.resync.error.RunHeld where the run is held for too long for one call
     * @throws dev.resync.error.RunClosed where the run is closed meanwhile
     * @throws ChunkOverdue where the call has no time left
     */
    public void take(double handled) {
        documents += handled;
        bucket.take(handled, time.nanos());
        if (watch.due().isZero()) {
            requireTime();
            look();
            awaitTurn();
        }
        if (backoff.share() == 1) {
            restedAt = time.nanos();
        }
        long pause = pause();
        if (Math.max(pause, bucket.nanosToWait(time.nanos())) >= GRAIN.toNanos()) {
            rest(pause);
        }
    }

    /** Waits for what the documents that were handled last still owe. */
    public void finish() {
        rest(pause());
    }

    /** Says that nobody works on the chunk any more, though it is not done. */
    public void withdraw() {
        chunks.withdraw(chunk);
    }

    private void requireTime() {
        if (watch.overdue()) {
            throw new ChunkOverdue("Chunk " + chunk.index() + " of " + chunk.stage() + " of run " + chunk.run()
                    + " is not done, and its call is about to run out of time. It is done anew by the next try; where that fails as"
                    + " well, resume the run when the database is faster, or start another one with fewer documents a chunk"
                    + " (chunkDocuments) or fewer chunks at once (concurrency).");
        }
    }

    /** Returns for how long to do nothing after what was done since the last rest, so that the share of the time is kept. */
    private long pause() {
        double share = backoff.share();
        long busy = time.nanos() - restedAt;
        return (long) (busy * (1 / share - 1));
    }

    private void rest(long pause) {
        long until = time.nanos() + pause;
        // A chunk that could not be done in time would be begun again and again.
        while (!watch.hurried()) {
            long now = time.nanos();
            long left = Math.max(until - now, bucket.nanosToWait(now));
            if (left <= 0) {
                break;
            }
            time.sleep(Duration.ofNanos(Math.min(left, watch.due().toNanos())));
            if (watch.due().isZero()) {
                look();
                awaitTurn();
            }
        }
        restedAt = time.nanos();
    }

    private void awaitTurn() {
        while (!working) {
            watch.pause();
            look();
            // A wait is no work that something is still to be rested for.
            restedAt = time.nanos();
        }
    }

    private void look() {
        long before = time.nanos();
        report();
        backoff.sample(time.nanos() - before);
        boolean reported = working;
        Run run = watch.look();
        int allowed = run.pace().chunksAtOnce(run.concurrency(), run.documentsOfChunk());
        working = !run.held() && hasTurn(run, allowed);
        if (working != reported) {
            // At once: others decide by it.
            report();
        }
        bucket.setRate(share(run, allowed) * backoff.share(), time.nanos());
    }

    private void report() {
        beat++;
        chunks.report(
                chunk,
                new ChunkProgress(beat, (long) documents, !working, backoff.slowedTo(), backoff.latencyMillis()));
    }

    private boolean hasTurn(Run run, int allowed) {
        return allowed >= run.concurrency()
                || turn.has(chunks.atWork(chunk.run(), chunk.epoch(), chunk.stage()), working, allowed, time.nanos());
    }

    /** Its share of the documents a second; the last chunks of a stage share what is free by then. */
    private double share(Run run, int allowed) {
        if (run.pace().documentsPerSecond() == null) {
            return Double.POSITIVE_INFINITY;
        }
        long open = chunks.open(chunk.run(), chunk.epoch(), chunk.stage());
        return (double) run.pace().documentsPerSecond() / Math.max(1, Math.min(allowed, open));
    }
}
