package dev.resync.environment;

import dev.resync.error.EnvironmentMismatch;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Profile of the environment that a deployment works in. There is no default.
 *
 * @param name lower-case letters, digits and hyphens, such as {@code prod}; part of run ids and names
 * @param colour colour that stands for it; never the only sign
 * @param kind what it is for
 * @param hosts names of the database's hosts, or {@code *.domain} for all of a domain; any where there is none
 * @param maxConcurrency most chunks at once, 1 to 1,000
 * @param confirmation what a real run must give
 * @param dryRun the dry run that must precede a real one
 * @param approval whether another person must approve before cut-over
 * @param starts ways to start, and who may use each; a way that is missing is closed
 * @param callers who may do what in the admin API; nobody has a role that is not given
 * @param calendar when a real run may start
 * @param maxLatency how long the database may take for a small write before a run slows down; null for as long as it likes
 * @param scheduled plans that a schedule may run for real
 */
public record Environment(
        String name,
        Colour colour,
        EnvironmentKind kind,
        List<String> hosts,
        int maxConcurrency,
        ConfirmationRule confirmation,
        DryRunRule dryRun,
        boolean approval,
        Map<StartWay, StartRule> starts,
        Map<CallerRole, People> callers,
        StartCalendar calendar,
        Duration maxLatency,
        List<ScheduledRun> scheduled) {

    public Environment {
        hosts = List.copyOf(hosts);
        starts = Map.copyOf(starts);
        callers = Map.copyOf(callers);
        scheduled = List.copyOf(scheduled);
    }

    /**
     * Makes sure that somebody means this environment.
     *
     * @param meant its name, as they give it
     * @throws EnvironmentMismatch where they mean another one
     */
    public void requireMeant(String meant) {
        if (!name.equals(meant)) {
            throw new EnvironmentMismatch("The request is meant for environment " + meant + "; this is " + shown()
                    + ". Nothing was read or changed. Start it in the environment that you mean.");
        }
    }

    /** Returns the same profile with one way to start closed to everybody. */
    public Environment without(StartWay way) {
        Map<StartWay, StartRule> open = new EnumMap<>(StartWay.class);
        open.putAll(starts);
        open.remove(way);
        return new Environment(
                name,
                colour,
                kind,
                hosts,
                maxConcurrency,
                confirmation,
                dryRun,
                approval,
                open,
                callers,
                calendar,
                maxLatency,
                scheduled);
    }

    /** Returns what the profile says of real runs of a plan on a schedule; empty where it allows none. */
    public Optional<ScheduledRun> scheduled(String plan) {
        return scheduled.stream().filter(run -> run.plan().equals(plan)).findFirst();
    }

    /**
     * Returns whether a host may be one of the database's.
     *
     * @param host name or address, without a port; case does not count
     */
    public boolean allowsHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return hosts.isEmpty()
                || hosts.stream()
                        .map(allowed -> allowed.toLowerCase(Locale.ROOT))
                        .anyMatch(allowed -> allowed.startsWith("*.")
                                ? name.endsWith(allowed.substring(1)) && name.length() >= allowed.length()
                                : name.equals(allowed));
    }

    /** Returns name, kind and colour in words, such as {@code prod (PRODUCTION, red)}. */
    public String shown() {
        return name + " (" + kind.shown() + ", " + colour.label() + ")";
    }
}
