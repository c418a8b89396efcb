package dev.resync.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules of a profile by a clock that the test sets. */
class SchedulesTest {

    /** What {@code printf revalidation | sha256sum} begins with. */
    private static final String HASH = "feba6459";

    private final SetClock clock = new SetClock();
    private final List<JsonNode> started = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final ObjectNode profile = LocalEnvironment.profile("local", Colour.GREEN, 2);
    private final ArrayNode scheduled = profile.putArray("scheduled");
    private boolean broken;

    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private ArrayNode times(String plan) {
        return scheduled
                .addObject()
                .put("plan", plan)
                .put("planHash", "0".repeat(64))
                .putArray("times");
    }

    private Environment environment() {
        return new EnvironmentReader().read(profile.toString());
    }

    private Schedules schedules(String now) {
        at(now);
        return new Schedules(environment(), clock, this::start, said::add);
    }

    private String start(JsonNode request) {
        if (broken) {
            throw new IllegalStateException("no database");
        }
        started.add(request);
        return "execution" + started.size();
    }

    private void at(String now) {
        clock.now = Instant.parse(now);
    }

    private List<String> scheduledTimes() {
        return started.stream()
                .map(request -> request.path("scheduledTime").asText())
                .toList();
    }

    /** Field for field as terraform/schedules.tf renders it. */
    @Test
    void theRequestIsTheOneOfTheDeployment() {
        times("revalidation")
                .addObject()
                .put("at", "02:05")
                .putArray("days")
                .add("Wednesday")
                .add("Monday");
        try (Schedules schedules = schedules("2026-06-15T02:04:59.900Z")) {
            schedules.look();
            assertThat(started).isEmpty();
            at("2026-06-15T02:05:00.700Z");
            schedules.look();
        }
        assertThat(started).hasSize(1);
        assertThat(started.get(0))
                .hasToString("{\"environment\":\"local\",\"plan\":\"revalidation\","
                        + "\"mode\":\"EXECUTE\",\"via\":\"schedule\",\"scheduledTime\":\"2026-06-15T02:05:00Z\","
                        + "\"requestedBy\":\"schedule\","
                        + "\"reason\":\"scheduled run revalidation-MonWed-0205-HASH\"}".replace("HASH", HASH));
        assertThat(said).containsExactly("schedule revalidation-MonWed-0205-" + HASH + " started execution1");
    }

    @Test
    void eachTimeFiresOnceInTheProfilesZone() {
        profile.put("timeZone", "Europe/London");
        ArrayNode times = times("a-plan-with-a-name-of-more-than-24-characters");
        times.addObject().put("at", "02:00");
        times.addObject().put("at", "02:00");
        times.addObject().put("at", "03:30").putArray("days").add("Tuesday");
        try (Schedules schedules = schedules("2026-06-15T00:59:30Z")) {
            for (int look = 0; look < 24 * 60 * 2; look++) {
                clock.now = clock.now.plus(Duration.ofSeconds(30));
                schedules.look();
            }
        }
        assertThat(scheduledTimes()).containsExactly("2026-06-15T01:00:00Z");
        assertThat(started.get(0).path("reason").asText())
                .startsWith("scheduled run a-plan-with-a-name-of-mo-daily-0200-");
    }

    @Test
    void theHourThatComesTwiceCountsOnce() {
        profile.put("timeZone", "Europe/London");
        times("revalidation").addObject().put("at", "01:30");
        try (Schedules schedules = schedules("2026-10-25T00:00:00Z")) {
            for (int minute = 0; minute < 180; minute++) {
                clock.now = clock.now.plus(Duration.ofMinutes(1));
                schedules.look();
            }
        }
        assertThat(scheduledTimes()).containsExactly("2026-10-25T00:30:00Z");
    }

    @Test
    void whatWasDueBeforeTheStartDoesNotFire() {
        times("revalidation").addObject().put("at", "02:00");
        try (Schedules schedules = schedules("2026-06-15T02:00:00Z")) {
            at("2026-06-15T02:00:01Z");
            schedules.look();
        }
        assertThat(started).isEmpty();
    }

    @Test
    void whatWasDueWhileTheMachineSleptFiresUnlessItIsTooLate() {
        ArrayNode times = times("revalidation");
        times.addObject().put("at", "02:00");
        times.addObject().put("at", "02:01");
        try (Schedules schedules = schedules("2026-06-15T01:00:00Z")) {
            at("2026-06-15T03:00:30Z");
            schedules.look();
        }
        assertThat(scheduledTimes()).containsExactly("2026-06-15T02:01:00Z");
    }

    @Test
    void aClockThatIsSetBackFiresNothingTwice() {
        times("revalidation").addObject().put("at", "02:00");
        try (Schedules schedules = schedules("2026-06-15T01:59:00Z")) {
            for (String now : List.of("2026-06-15T02:00:10Z", "2026-06-15T01:58:00Z", "2026-06-15T02:00:20Z")) {
                at(now);
                schedules.look();
            }
        }
        assertThat(started).hasSize(1);
    }

    @Test
    void whatCannotBeStartedIsTriedAgainForAnHour() {
        times("revalidation").addObject().put("at", "02:00");
        times("other").addObject().put("at", "02:30");
        broken = true;
        try (Schedules schedules = schedules("2026-06-15T01:59:00Z")) {
            for (int minute = 0; minute < 65; minute++) {
                clock.now = clock.now.plus(Duration.ofMinutes(1));
                schedules.look();
            }
            assertThat(said.get(0)).contains("could not start its run, and tries again: no database");
            broken = false;
            schedules.look();
            schedules.look();
        }
        assertThat(started).extracting(request -> request.path("plan").asText()).containsExactly("other");
    }
}
