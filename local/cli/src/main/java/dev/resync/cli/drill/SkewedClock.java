package dev.resync.cli.drill;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;

/** A clock that is off. */
public final class SkewedClock extends Clock {

    private final Clock clock;
    private final Supplier<Duration> skew;

    /**
     * @param clock says what the time is
     * @param skew how far it is off for the calling thread
     */
    public SkewedClock(Clock clock, Supplier<Duration> skew) {
        this.clock = clock;
        this.skew = skew;
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SkewedClock(clock.withZone(zone), skew);
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(skew.get());
    }
}
