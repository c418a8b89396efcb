package dev.resync.environment;

import java.time.DayOfWeek;
import java.util.Set;
import java.util.stream.Collectors;

/** Days of the week as a profile lists them. */
final class Weekdays {

    private Weekdays() {}

    /** Returns days for people. */
    static String shown(Set<DayOfWeek> days) {
        return days.size() == DayOfWeek.values().length
                ? "every day"
                : days.stream().sorted().map(DayOfWeek::toString).collect(Collectors.joining(", "));
    }
}
