package dev.resync.plan;

import java.time.Duration;

/**
 * How long the snapshots of a plan are kept. A snapshot may go only when both figures let it go: it is neither among the
 * newest nor young enough.
 *
 * @param snapshots how many of the newest proven snapshots are kept however old they are, 1 to 1,000
 * @param days how many days of 24 hours each snapshot is kept however many there are, 0 to 3,650
 */
public record Retention(int snapshots, int days) {

    /** What counts where a plan, or a snapshot that was sealed before there were figures, says nothing. */
    public static final Retention DEFAULT = new Retention(5, 30);

    private static final int MAX_SNAPSHOTS = 1000;
    private static final int MAX_DAYS = 3650;

    public Retention {
        if (snapshots < 1 || snapshots > MAX_SNAPSHOTS) {
            throw new IllegalArgumentException("snapshots must be 1 to " + MAX_SNAPSHOTS + ", was " + snapshots);
        }
        if (days < 0 || days > MAX_DAYS) {
            throw new IllegalArgumentException("days must be 0 to " + MAX_DAYS + ", was " + days);
        }
    }

    /** Returns how long each snapshot is kept after it was sealed, 0 or longer. */
    public Duration age() {
        return Duration.ofDays(days);
    }
}
