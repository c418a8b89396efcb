package dev.resync.cli.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.Environment;
import dev.resync.environment.ScheduledRun;
import dev.resync.environment.StartWay;
import dev.resync.run.RunMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One time of a plan that a profile schedules, as the schedule that terraform/schedules.tf makes of it.
 *
 * @param environment name of the environment
 * @param run what the profile says, with this time only
 */
record Schedule(String environment, ScheduledRun run) {

    private static final int PLAN_CHARACTERS = 24;
    private static final int HASH_CHARACTERS = 8;

    /** Who asks, where a deployment says nothing else. */
    private static final String REQUESTED_BY = "schedule";

    /** Returns the schedules of a profile; a time that it lists twice is one schedule. */
    static List<Schedule> of(Environment environment) {
        Map<String, Schedule> byName = new LinkedHashMap<>();
        for (ScheduledRun run : environment.scheduled()) {
            for (ScheduledRun.Time time : run.times()) {
                Schedule schedule = new Schedule(
                        environment.name(),
                        new ScheduledRun(
                                run.plan(),
                                run.planHash(),
                                List.of(time),
                                run.maxShrinkShare(),
                                run.maxChangeShare(),
                                run.maxQuarantineShare()));
                byName.putIfAbsent(schedule.name(), schedule);
            }
        }
        return List.copyOf(byName.values());
    }

    /** Returns its name, as the deployment gives it. */
    String name() {
        String plan =
                run.plan().substring(0, Math.min(PLAN_CHARACTERS, run.plan().length()));
        return plan + "-" + days() + "-" + DateTimeFormatter.ofPattern("HHmm").format(time().at()) + "-"
                + hash(run.plan());
    }

    private ScheduledRun.Time time() {
        return run.times().get(0);
    }

    private String days() {
        return time().days().size() == DayOfWeek.values().length
                ? "daily"
                : time().days().stream()
                        .sorted()
                        .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                        .collect(Collectors.joining());
    }

    private static String hash(String plan) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(plan.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean firesAt(ZonedDateTime minute) {
        return run.firesAt(minute);
    }

    /** Returns what the schedule starts the resync machine with. */
    ObjectNode input(Instant scheduled) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("environment", environment)
                .put("plan", run.plan())
                .put("mode", RunMode.EXECUTE.name())
                .put("via", StartWay.SCHEDULE.label())
                .put("scheduledTime", scheduled.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("requestedBy", REQUESTED_BY)
                .put("reason", "scheduled run " + name());
    }
}
