package dev.resync.notification;

/** What people are told. */
public enum NotificationKind {

    /** A run that may change live was admitted. */
    STARTED,
    /** A run waits for a person's approval. */
    APPROVAL_WANTED,
    /** The execution of a run failed: it may be resumed for a while. */
    SUSPENDED,
    /** A run ended, however it did. */
    ENDED,
    /** A run cannot be ended safely without a person. */
    NEEDS_OPERATOR,
    /** Something else is wrong. */
    ALARM
}
