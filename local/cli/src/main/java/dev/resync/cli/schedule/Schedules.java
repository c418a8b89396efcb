package dev.resync.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.environment.Environment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The schedules that a deployment makes of a profile, on this machine: at each of its times the same request is started.
 * What cannot be started is tried again for an hour, as EventBridge does; so is what was due while the machine slept.
 */
public final class Schedules implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Afterwards the request would be refused: it comes too late. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final List<Schedule> schedules;
    private final ZoneId zone;
    private final Clock clock;
    private final Function<JsonNode, String> start;
    private final Consumer<String> say;
    private final List<Due> due = new ArrayList<>();
    private final ScheduledExecutorService looks;
    private Instant seen;

    private record Due(Schedule schedule, Instant at) {}

    /**
     * Makes them; none fires before {@link #begin}.
     *
     * @param environment profile; one that schedules nothing is fine
     * @param clock what time it is; what was due before now does not fire
     * @param start starts the resync machine with a request and returns the execution; what it throws is tried again
     * @param say is told, in a line, of what was started or could not be
     */
    public Schedules(Environment environment, Clock clock, Function<JsonNode, String> start, Consumer<String> say) {
        this.schedules = Schedule.of(environment);
        this.zone = environment.calendar().zone();
        this.clock = clock;
        this.start = start;
        this.say = say;
        this.seen = clock.instant();
        this.looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "schedules");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Has them fire from now on. */
    public void begin() {
        if (!schedules.isEmpty()) {
            looks.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Starts what has become due since the last look. */
    void look() {
        Instant now = clock.instant();
        Instant oldest = now.minus(LONGEST);
        Instant from = seen.isBefore(oldest) ? oldest : seen;
        for (Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
                !minute.isAfter(now);
                minute = minute.plus(1, ChronoUnit.MINUTES)) {
            if (minute.isAfter(seen)) {
                collect(minute);
            }
        }
        // A clock that was set back does not fire the same again.
        seen = now.isAfter(seen) ? now : seen;
        due.removeIf(each -> each.at().isBefore(oldest));
        for (Iterator<Due> each = due.iterator(); each.hasNext(); ) {
            if (started(each.next())) {
                each.remove();
            }
        }
    }

    private void collect(Instant minute) {
        schedules.stream()
                .filter(schedule -> schedule.firesAt(minute.atZone(zone)))
                .forEach(schedule -> due.add(new Due(schedule, minute)));
    }

    private boolean started(Due fired) {
        String name = fired.schedule().name();
        try {
            say.accept("schedule " + name + " started "
                    + start.apply(fired.schedule().input(fired.at())));
            return true;
        } catch (RuntimeException unable) {
            say.accept("schedule " + name + " could not start its run, and tries again: " + unable.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
