package dev.resync.environment;

import java.util.Arrays;
import java.util.Locale;

/** What an environment is for. */
public enum EnvironmentKind {
    PRODUCTION,
    PRE_PRODUCTION,
    TEST,
    LOCAL;

    /** Returns the kind as profiles name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the kind of this label as people are shown it; the label itself where there is no such kind. */
    public static String shown(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .map(EnvironmentKind::shown)
                .findFirst()
                .orElse(label);
    }

    /** Returns the kind as people are shown it: in capitals where live data of users is at stake. */
    public String shown() {
        return this == PRODUCTION ? "PRODUCTION" : label();
    }
}
