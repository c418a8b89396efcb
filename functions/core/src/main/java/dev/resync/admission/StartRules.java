package dev.resync.admission;

import dev.resync.environment.Environment;
import dev.resync.environment.ScheduledRun;
import dev.resync.environment.StartRule;
import dev.resync.environment.StartWay;
import dev.resync.error.StartRefused;
import dev.resync.plan.Plan;
import dev.resync.run.RunMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Holds a request to what the environment's profile says of starts. */
final class StartRules {

    /** How long after the time of its schedule an execution may start: a schedule may be late, and is retried. */
    private static final Duration LATEST = Duration.ofHours(1);
    /** How long before, since clocks differ. */
    private static final Duration EARLIEST = Duration.ofMinutes(1);

    private final Environment environment;

    StartRules(Environment environment) {
        this.environment = environment;
    }

    /**
     * Makes sure that this person may start by this way now.
     *
     * @param mode what the run may do; of a run that is resumed, its own
     * @param who the requester, as authenticated where that is known
     * @param now when the execution started
     * @throws StartRefused where the profile does not allow it
     */
    void require(Request request, RunMode mode, String who, Instant now) {
        StartWay via = request.via();
        StartRule rule = environment.starts().get(via);
        if (rule == null) {
            throw refused("nobody may start by way of the " + via.label() + "; open are " + ways());
        }
        if (!rule.allows(who)) {
            throw refused(who + " may not start by way of the " + via.label() + " (starts." + via.label() + ".who)");
        }
        if (mode.changesLive() && !rule.realRuns()) {
            throw refused("a " + mode + " may not be started by way of the " + via.label() + ", only dry runs (starts."
                    + via.label() + ".realRuns)");
        }
        if (via == StartWay.SCHEDULE) {
            requireTimely(request, now);
        }
        if (mode == RunMode.EXECUTE) {
            Optional<String> closed = environment.calendar().refusal(now);
            if (closed.isPresent()) {
                throw refused(closed.get());
            }
        }
    }

    private void requireTimely(Request request, Instant now) {
        Duration late = Duration.between(request.scheduledTime(), now);
        if (late.compareTo(LATEST) > 0 || late.compareTo(EARLIEST.negated()) < 0) {
            throw refused("scheduledTime is " + request.scheduledTime() + " and it is " + now
                    + "; expected a start within " + LATEST.toMinutes() + " minutes after it");
        }
    }

    /**
     * Makes sure that a schedule may run this very plan for real at its time.
     *
     * @throws StartRefused where the profile does not list it, or lists another version of it or other times
     */
    void requireScheduled(Request request, Plan plan) {
        ScheduledRun allowed = environment
                .scheduled(plan.name())
                .orElseThrow(() -> refused("plan " + plan.name()
                        + " may not be run for real by a schedule (scheduled); ask for a DRY_RUN"));
        if (!allowed.planHash().equals(plan.hash())) {
            throw refused("plan " + plan.name() + " has hash " + plan.hash()
                    + ", and a schedule may run the one with hash " + allowed.planHash()
                    + " (scheduled); look at what changed, then allow the new one in the profile");
        }
        ZonedDateTime time =
                request.scheduledTime().atZone(environment.calendar().zone());
        if (!allowed.firesAt(time)) {
            throw refused("scheduledTime is " + time + ", and a schedule may run plan " + plan.name() + " for real at "
                    + allowed.times() + " (scheduled.times)");
        }
    }

    private String ways() {
        return environment.starts().keySet().stream()
                .sorted()
                .map(StartWay::label)
                .toList()
                .toString();
    }

    private StartRefused refused(String why) {
        return new StartRefused(
                "Environment " + environment.shown() + " does not let this start: " + why
                        + ". Nothing was read or changed. Start it another way or later, or have the environment's profile changed.");
    }
}
