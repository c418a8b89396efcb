package dev.resync.environment;

/** What a real run must give under {@code confirm}. */
public enum ConfirmationRule {
    /** The token that a dry run handed out. */
    ECHO,
    /** The hash of the plan. */
    PLAN_HASH
}
