package dev.resync.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations in words, in hours, minutes and seconds: for people. */
final class ReadableDuration {

    private ReadableDuration() {}

    /**
     * Returns a duration such as {@code 24 hours}, {@code 6 minutes} or {@code 1 hour 30 minutes}.
     *
     * @param duration not negative; parts of a second are left out
     */
    static String of(Duration duration) {
        List<String> parts = new ArrayList<>();
        // Never days: a limit of 24 hours is written as such in the profile.
        add(parts, duration.toHours(), "hour");
        add(parts, duration.toMinutesPart(), "minute");
        add(parts, duration.toSecondsPart(), "second");
        return parts.isEmpty() ? "0 seconds" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
