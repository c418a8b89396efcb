package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Wait. After a redrive the time counts from anew, but for a timestamp that has passed. */
final class WaitRun extends StateRun {
    private final State.Wait wait;
    private Scheduler.Timer timer;

    WaitRun(Walk walk, State.Wait wait, JsonNode input, long enteredEventId) {
        super(walk, wait, input, enteredEventId);
        this.wait = wait;
    }

    @Override
    protected void begin() {
        timer = after(duration(bindings()), () -> leave(wait.exit(), bindings(), input()));
    }

    @Override
    protected void release() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private Duration duration(Bindings bindings) {
        Double seconds = Limits.number(wait.seconds(), bindings, "Seconds", 0, Limits.MOST_SECONDS, true);
        if (seconds != null) {
            return Duration.ofSeconds(seconds.longValue());
        }
        String timestamp = Limits.text(wait.timestamp(), bindings, "Timestamp");
        try {
            Instant until = Times.parse(timestamp);
            return Duration.between(machinery().scheduler().now(), until);
        } catch (DateTimeException e) {
            throw StatesError.query("The field 'Timestamp' must be RFC 3339, not " + timestamp);
        }
    }
}
