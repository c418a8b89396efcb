package dev.resync.notification;

/** What people are told. */
public enum NotificationKind {

    /** A run that may change live was admitted. */
    STARTED,
    /** A run waits for a person's approval. */
    APPROVAL_WANTED,
    /** The execution of a run failed: it may be resumed for a while. */
    SUSPENDED,
    /** A run ended with live untouched, or with the new view live. */
    ENDED,
    /** A run ended with a snapshot live again: a restore, or a run that was taken back. */
    RESTORED,
    /** No stage of a run has done anything for longer than any may take, though its execution goes on. */
    STUCK,
    /** A run cannot be ended safely without a person. */
    NEEDS_OPERATOR,
    /** Something else is wrong. */
    ALARM
}
