package dev.resync.notification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** For whom a topic words what it delivers over HTTPS; e-mail is text in any case, and queues and functions get JSON. */
public enum NotificationFormat {

    /** Programs: the same JSON as queues and functions. */
    TEXT,
    /** Channels of Slack, by way of Amazon Q Developer in chat applications. */
    SLACK,
    /** Channels of Microsoft Teams, by the same way. */
    TEAMS;

    /** Returns the format as settings name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the format of a label; empty where there is none. */
    public static Optional<NotificationFormat> of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst();
    }
}
