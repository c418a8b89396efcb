package dev.resync.environment;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a real run may start.
 *
 * @param zone time zone of windows and blackouts
 * @param windows when it may; always where there are none
 * @param blackouts when it may not, whatever the windows say
 */
public record StartCalendar(ZoneId zone, List<Window> windows, List<Blackout> blackouts) {

    public StartCalendar {
        windows = List.copyOf(windows);
        blackouts = List.copyOf(blackouts);
    }

    /**
     * A part of the day.
     *
     * @param days on which it begins
     * @param from included
     * @param to excluded; on the day after where it is not later than {@code from}
     */
    public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

        public Window {
            days = Set.copyOf(days);
        }

        boolean contains(LocalDateTime at) {
            boolean overnight = !to.isAfter(from);
            LocalTime time = at.toLocalTime();
            boolean sinceToday =
                    days.contains(at.getDayOfWeek()) && !time.isBefore(from) && (overnight || time.isBefore(to));
            boolean sinceYesterday =
                    overnight && days.contains(at.getDayOfWeek().minus(1)) && time.isBefore(to);
            return sinceToday || sinceYesterday;
        }

        @Override
        public String toString() {
            return from + " to " + to + " " + Weekdays.shown(days);
        }
    }

    /**
     * A time in which no real run starts.
     *
     * @param from included
     * @param to excluded
     * @param reason why
     */
    public record Blackout(LocalDateTime from, LocalDateTime to, String reason) {

        boolean contains(LocalDateTime at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    /** Returns why no real run may start at a moment; empty where one may. */
    public Optional<String> refusal(Instant moment) {
        LocalDateTime at = moment.atZone(zone).toLocalDateTime();
        Optional<Blackout> blackout =
                blackouts.stream().filter(each -> each.contains(at)).findFirst();
        if (blackout.isPresent()) {
            return Optional.of("there is a blackout until " + blackout.get().to() + " " + zone + ": "
                    + blackout.get().reason());
        }
        boolean open = windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(at));
        return open
                ? Optional.empty()
                : Optional.of("it is " + at.withSecond(0).withNano(0) + " " + zone + ", and real runs may start from "
                        + windows.stream().map(Window::toString).collect(Collectors.joining(", or from ")));
    }
}
