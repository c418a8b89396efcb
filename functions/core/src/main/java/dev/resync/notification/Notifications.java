package dev.resync.notification;

/** Tells people. Whoever implements it must never raise an error: a run does not depend on whether somebody listens. */
@FunctionalInterface
public interface Notifications {

    /** Tells nobody. */
    Notifications NONE = notification -> {};

    /** Sends a notification, at best once; it is lost where it cannot be delivered. */
    void send(Notification notification);
}
