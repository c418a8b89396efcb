package dev.resync.run;

import java.time.Duration;
import java.time.Instant;

/**
 * How long functions that were in flight when a run was closed may still do something. A Lambda function lives at most 15
 * minutes; the rest is room for clocks that differ and for a command that a busy server holds back.
 */
public final class LateCalls {

    /** From the end of a run on. */
    static final Duration POSSIBLE = Duration.ofHours(1);

    private LateCalls() {}

    /** Returns whether nothing that a closed run had in flight can still happen. */
    public static boolean over(Run closed, Instant now) {
        return !now.isBefore(closed.endedAt().plus(POSSIBLE));
    }
}
