package dev.resync.environment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A way to start a run. */
public enum StartWay {
    /** The AWS console, or anything else that starts an execution by itself; who asks is a claim. */
    CONSOLE,
    /** An EventBridge schedule. */
    SCHEDULE,
    /** The admin API, which knows its callers. */
    API,
    /** The local command line, which works on the database itself. */
    COMMAND_LINE;

    /** Returns the way as profiles and requests name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the way of this label; empty where there is none. */
    public static Optional<StartWay> of(String label) {
        return Arrays.stream(values()).filter(way -> way.label().equals(label)).findFirst();
    }
}
