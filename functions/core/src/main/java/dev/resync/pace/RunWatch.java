package dev.resync.pace;

import dev.resync.error.RunHeld;
import dev.resync.run.Run;
import dev.resync.run.RunStore;
import dev.resync.stage.Deadline;
import dev.resync.stage.StageContext;
import java.time.Duration;

/**
 * One call of a function keeps an eye on its run: every two seconds it looks whether the run still works in the same epoch, and
 * whether it is held. For one thread.
 */
public final class RunWatch {

    static final Duration EVERY = Duration.ofSeconds(2);

    /** Longest wait of one call: a server forgets a cursor that nobody reads for ten minutes. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** What a call needs to end in time what it has begun. */
    static final Duration RESERVE = Duration.ofMinutes(2);

    /** What a call keeps to stop its chunk: as long as it may be before it looks again, a batch of documents, and some. */
    static final Duration LAST = Duration.ofSeconds(20);

    private final RunStore runs;
    private final PassingTime time;
    private final Deadline deadline;
    private Run run;
    private long lookedAt;
    private Duration waited = Duration.ZERO;

    /**
     * @param deadline of the call
     * @param entered the run as it was when the call entered it
     */
    public RunWatch(StageContext context, Deadline deadline, Run entered) {
        this.runs = context.runs();
        this.time = context.time();
        this.deadline = deadline;
        this.run = entered;
        this.lookedAt = time.nanos();
    }

    /**
     * Waits as long as the run is held.
     *
     * @return the run as it was seen last
     * @throws RunHeld where that takes too long for one call
     * @throws dev.resync.error.RunClosed where the run is closed meanwhile
     */
    public Run awaitRelease() {
        while (run.held()) {
            pause();
            look();
        }
        return run;
    }

    /**
     * Returns documents that are handed out only while the run is not held.
     *
     * @param documents may be read by a cursor, which is closed where the run is held for too long
     */
    public <T> Iterable<T> over(Iterable<T> documents) {
        return new PacedDocuments<>(documents, () -> {
            if (due().isZero()) {
                look();
                awaitRelease();
            }
        });
    }

    /** Returns the time until the next look; zero where it is due. */
    Duration due() {
        Duration left = EVERY.minusNanos(time.nanos() - lookedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Looks at the run.
     *
     * @throws dev.resync.error.RunClosed where it is no longer in the epoch that the call belongs to
     */
    Run look() {
        Run now = runs.require(run.id());
        if (now.epoch() != run.epoch()) {
            throw RunStore.closed(now, run.epoch());
        }
        run = now;
        lookedAt = time.nanos();
        return now;
    }

    Run run() {
        return run;
    }

    /** Waits until the next look is due; gives up where a call has waited long enough, or must use the rest of its time to work. */
    void pause() {
        if (waited.compareTo(LONGEST_WAIT) >= 0 || hurried()) {
            String why = run.held()
                    ? "is " + run.pace().held() + ". It goes on with `resync continue " + run.id() + "`"
                    : "works on as many chunks at once as it may; this one waits for its turn";
            throw new RunHeld("Run " + run.id() + " " + why + ". The state machine asks again every 30 seconds.");
        }
        time.sleep(EVERY);
        waited = waited.plus(EVERY);
    }

    /** Returns whether the call must use what is left of its time to work. */
    boolean hurried() {
        return deadline.left().compareTo(RESERVE) < 0;
    }

    /** Returns whether the call must stop its work at once, rather than be stopped at whatever it does. */
    boolean overdue() {
        return deadline.left().compareTo(LAST) < 0;
    }
}
