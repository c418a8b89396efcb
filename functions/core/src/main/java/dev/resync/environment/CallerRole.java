package dev.resync.environment;

import java.util.Locale;

/** What a caller of the admin API may do. */
public enum CallerRole {

    /** Look. */
    VIEWER,
    /** Start, stop, hold, throttle and restore; the profile's {@code starts} say more of starts. */
    OPERATOR,
    /** Approve and refuse. */
    APPROVER;

    /** Returns the name of the role. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the field of a profile that names who has the role. */
    public String field() {
        return label() + "s";
    }
}
