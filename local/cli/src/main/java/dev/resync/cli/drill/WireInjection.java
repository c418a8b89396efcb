package dev.resync.cli.drill;

import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.cli.wire.WireRule.Refused;
import dev.resync.engine.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Faults between function and database. */
final class WireInjection extends Injection {

    /** Longer than the platform waits for an answer. */
    static final Duration STALL = Duration.ofMillis(2_500);

    private static final Fate NOT_PRIMARY = new Refused(10107, "NotWritablePrimary", false);
    private static final Fate UNAUTHORIZED = new Refused(13, "Unauthorized", false);
    private static final List<Fate> WRITE_ERRORS = List.of(
            UNAUTHORIZED,
            new Refused(64, "WriteConcernTimeout", true),
            new Refused(112, "WriteConflict", false),
            new Refused(8, "UnknownError", true));
    private static final List<Fate> FAILED_RENAMES = List.of(Fate.LOST, NOT_PRIMARY, UNAUTHORIZED);
    private static final List<Fate> UNANSWERED_RENAMES = List.of(
            Fate.UNANSWERED, new Refused(64, "WriteConcernTimeout", true), new Refused(13, "Unauthorized", true));
    private static final int STEP_DOWN_COMMANDS = 3;

    /** Commands that are still to be struck after the first. */
    private final AtomicInteger more = new AtomicInteger();

    private final CountDownLatch released = new CountDownLatch(1);
    private final Set<String> live;
    private final Supplier<VirtualTime.Hold> holdTime;

    /**
     * @param live {@code database.collection} of the views
     * @param holdTime keeps virtual time from passing
     */
    WireInjection(Fault fault, Set<String> live, Supplier<VirtualTime.Hold> holdTime) {
        super(fault);
        this.live = live;
        this.holdTime = holdTime;
    }

    @Override
    Fate command(WireCommand command) {
        if (strikes(command)) {
            return fate(command);
        }
        return command.works() && more.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? NOT_PRIMARY : Fate.PASSED;
    }

    /** Returns whether a rename is refused so that no repetition helps. */
    static boolean refusesForGood(Fault fault) {
        return FAILED_RENAMES.get(fault.variant() % FAILED_RENAMES.size()).equals(UNAUTHORIZED);
    }

    private Fate fate(WireCommand command) {
        int variant = fault().variant();
        return switch (fault().kind()) {
            case DROP_CONNECTION -> variant % 2 == 0 ? Fate.LOST : Fate.UNANSWERED;
            case STALL_CONNECTION -> stall(command);
            case NOT_PRIMARY -> stepDown(variant % 2 == 0 ? 1 : STEP_DOWN_COMMANDS);
            case WRITE_ERROR -> WRITE_ERRORS.get(variant % WRITE_ERRORS.size());
            case RENAME_FAILS -> FAILED_RENAMES.get(variant % FAILED_RENAMES.size());
            case RENAME_UNANSWERED -> UNANSWERED_RENAMES.get(variant % UNANSWERED_RENAMES.size());
            default -> throw new IllegalStateException(fault().kind() + " is none between function and database");
        };
    }

    private Fate stepDown(int commands) {
        more.set(commands - 1);
        return NOT_PRIMARY;
    }

    /** What is held up arrives now at the latest, since nothing of it may reach the next round. */
    @Override
    void release() {
        released.countDown();
    }

    private Fate stall(WireCommand command) {
        if (command.writes() && !command.renames() && live.contains(command.namespace())) {
            // What was sent to live is waited for, which virtual time would bring to an end at once.
            VirtualTime.Hold hold = holdTime.get();
            try {
                stall();
            } finally {
                hold.close();
            }
        } else {
            stall();
        }
        return Fate.PASSED;
    }

    private void stall() {
        try {
            released.await(STALL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
