package dev.resync.environment;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/**
 * A plan that a schedule may run for real.
 *
 * @param plan its name
 * @param planHash its hash; another version of the plan must be allowed anew
 * @param times when the schedule fires, in the profile's time zone; not empty. Whoever else says that a schedule asks can only
 *     bring about what the schedule would have
 * @param maxShrinkShare highest share of live documents whose key the new view lacks, 0 to 1
 * @param maxChangeShare highest share of live documents that would change or go, 0 to 1
 * @param maxQuarantineShare highest share of bundles in quarantine, 0 to 1
 */
public record ScheduledRun(
        String plan,
        String planHash,
        List<Time> times,
        double maxShrinkShare,
        double maxChangeShare,
        double maxQuarantineShare) {

    public ScheduledRun {
        times = List.copyOf(times);
    }

    /**
     * A time that comes back every week.
     *
     * @param days on these
     * @param at to the minute
     */
    public record Time(Set<DayOfWeek> days, LocalTime at) {

        public Time {
            days = Set.copyOf(days);
        }

        boolean matches(LocalDateTime time) {
            return days.contains(time.getDayOfWeek()) && time.toLocalTime().equals(at);
        }

        @Override
        public String toString() {
            return at + " " + Weekdays.shown(days);
        }
    }

    /**
     * Returns whether the schedule fires at a moment.
     *
     * @param moment in the profile's time zone
     */
    public boolean firesAt(ZonedDateTime moment) {
        // In the hour that comes twice when the clocks go back, the first time only.
        boolean first = moment.withEarlierOffsetAtOverlap().equals(moment);
        return first && times.stream().anyMatch(time -> time.matches(moment.toLocalDateTime()));
    }
}
