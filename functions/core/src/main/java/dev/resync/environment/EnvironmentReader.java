package dev.resync.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.resync.environment.StartCalendar.Blackout;
import dev.resync.environment.StartCalendar.Window;
import dev.resync.error.EnvironmentInvalid;
import dev.resync.schema.Place;
import dev.resync.schema.Problems;
import dev.resync.schema.SchemaCheck;
import dev.resync.schema.StrictJson;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads environment profiles: JSON, then the schema, then what a schema cannot say. Thread-safe. */
public final class EnvironmentReader {

    private static final double HOUR_MINUTES = 60;
    private static final double MILLISECOND_NANOS = 1_000_000;
    private static final int DRY_RUN_HOURS = 24;
    private static final double DRIFT_SHARE = 0.1;
    private static final double SHRINK_SHARE = 0.01;
    private static final double CHANGE_SHARE = 0.2;
    private static final double QUARANTINE_SHARE = 0.001;

    private final StrictJson json = new StrictJson();
    private final SchemaCheck schema = new SchemaCheck("/environments/environment.schema.json");

    /**
     * Reads a profile.
     *
     * @param document JSON text; may be null
     * @return the profile, with all defaults filled in
     * @throws EnvironmentInvalid where it is missing, no JSON, or breaks the schema; it carries every problem found
     */
    public Environment read(String document) {
        if (document == null || document.isBlank()) {
            throw new EnvironmentInvalid(
                    "This deployment has no environment profile. Deploy it with one, such as those in"
                            + " environments/; there is no default environment.");
        }
        Problems problems = new Problems();
        JsonNode tree = json.parse(document, problems).orElse(MissingNode.getInstance());
        if (problems.isEmpty()) {
            schema.check(document, tree).forEach(problems::add);
            check(Place.root(tree), problems);
        }
        if (!problems.isEmpty()) {
            throw new EnvironmentInvalid(problems.sorted(tree));
        }
        return build(Place.root(tree));
    }

    private static void check(Place profile, Problems problems) {
        Place zone = profile.at("timeZone");
        try {
            ZoneId.of(zone.text("UTC"));
        } catch (DateTimeException unknown) {
            problems.add(zone.pointer(), "is " + zone.text() + "; expected a time zone such as Europe/London");
        }
        for (Place blackout : profile.at("blackouts").items()) {
            checkBlackout(blackout, problems);
        }
        Set<String> plans = new HashSet<>();
        for (Place run : profile.at("scheduled").items()) {
            if (!plans.add(run.at("plan").text())) {
                problems.add(
                        run.at("plan").pointer(),
                        "is " + run.at("plan").text() + " a second time; keep one entry for each plan");
            }
        }
        boolean scheduled = profile.at("starts").at("schedule").at("realRuns").flag();
        if (!plans.isEmpty() && !scheduled) {
            problems.add(
                    "/scheduled",
                    "names plans, and starts.schedule does not allow real runs; set starts.schedule.realRuns to true or"
                            + " leave scheduled out");
        }
    }

    private static void checkBlackout(Place blackout, Problems problems) {
        try {
            LocalDateTime from = LocalDateTime.parse(blackout.at("from").text());
            LocalDateTime to = LocalDateTime.parse(blackout.at("to").text());
            if (!to.isAfter(from)) {
                problems.add(blackout.at("to").pointer(), "is " + to + "; expected a time after from, " + from);
            }
        } catch (DateTimeException noDate) {
            problems.add(blackout.pointer(), "has a date that there is not: " + noDate.getMessage());
        }
    }

    private static Environment build(Place profile) {
        Place dryRun = profile.at("dryRun");
        return new Environment(
                profile.at("name").text(),
                constant(Colour.class, profile.at("colour").text()),
                constant(EnvironmentKind.class, profile.at("kind").text()),
                profile.at("hosts").texts(),
                profile.at("maxConcurrency").number(1),
                constant(ConfirmationRule.class, profile.at("confirmation").text("echo")),
                new DryRunRule(
                        dryRun.at("required").node().asBoolean(true),
                        Duration.ofMinutes(Math.round(dryRun.at("maxAgeHours").decimal(DRY_RUN_HOURS) * HOUR_MINUTES)),
                        dryRun.at("maxDriftShare").decimal(DRIFT_SHARE)),
                profile.at("approval").text().equals("one-other-person"),
                starts(profile.at("starts")),
                callers(profile.at("callers")),
                new StartCalendar(
                        ZoneId.of(profile.at("timeZone").text("UTC")),
                        profile.at("windows").items().stream()
                                .map(EnvironmentReader::window)
                                .toList(),
                        profile.at("blackouts").items().stream()
                                .map(EnvironmentReader::blackout)
                                .toList()),
                maxLatency(profile.at("latency")),
                profile.at("scheduled").items().stream()
                        .map(EnvironmentReader::scheduled)
                        .toList());
    }

    private static Duration maxLatency(Place latency) {
        double millis = latency.at("maxMillis").decimal(0);
        return millis == 0 ? null : Duration.ofNanos(Math.round(millis * MILLISECOND_NANOS));
    }

    private static Map<StartWay, StartRule> starts(Place starts) {
        Map<StartWay, StartRule> rules = new EnumMap<>(StartWay.class);
        for (String way : starts.names()) {
            Place rule = starts.at(way);
            rules.put(
                    StartWay.of(way).orElseThrow(),
                    new StartRule(people(rule.at("who")), rule.at("realRuns").flag()));
        }
        return rules;
    }

    private static People people(Place names) {
        return new People(new HashSet<>(names.texts()));
    }

    private static Map<CallerRole, People> callers(Place callers) {
        Map<CallerRole, People> roles = new EnumMap<>(CallerRole.class);
        for (CallerRole role : CallerRole.values()) {
            roles.put(role, people(callers.at(role.field())));
        }
        return roles;
    }

    private static Set<DayOfWeek> days(Place when) {
        List<String> days = when.at("days").texts();
        return days.isEmpty()
                ? EnumSet.allOf(DayOfWeek.class)
                : days.stream().map(day -> constant(DayOfWeek.class, day)).collect(Collectors.toSet());
    }

    private static Window window(Place window) {
        return new Window(
                days(window),
                LocalTime.parse(window.at("from").text()),
                LocalTime.parse(window.at("to").text()));
    }

    private static Blackout blackout(Place blackout) {
        return new Blackout(
                LocalDateTime.parse(blackout.at("from").text()),
                LocalDateTime.parse(blackout.at("to").text()),
                blackout.at("reason").text());
    }

    private static ScheduledRun scheduled(Place run) {
        Place limits = run.at("limits");
        return new ScheduledRun(
                run.at("plan").text(),
                run.at("planHash").text(),
                run.at("times").items().stream()
                        .map(time -> new ScheduledRun.Time(
                                days(time), LocalTime.parse(time.at("at").text())))
                        .toList(),
                limits.at("maxShrinkShare").decimal(SHRINK_SHARE),
                limits.at("maxChangeShare").decimal(CHANGE_SHARE),
                limits.at("maxQuarantineShare").decimal(QUARANTINE_SHARE));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
