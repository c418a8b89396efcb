package dev.resync.stage;

import dev.resync.pace.PassingTime;
import java.time.Duration;

/** How much time a call of a function has. */
@FunctionalInterface
public interface Deadline {

    /** As much as it wants. */
    Deadline NONE = () -> Duration.ofSeconds(Long.MAX_VALUE);

    /** Returns the time that is left; zero or negative where it is over. */
    Duration left();

    /** Returns the deadline of a call that begins now. */
    static Deadline in(Duration duration, PassingTime time) {
        long begun = time.nanos();
        return () -> duration.minusNanos(time.nanos() - begun);
    }
}
