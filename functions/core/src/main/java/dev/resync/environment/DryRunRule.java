package dev.resync.environment;

import java.time.Duration;

/**
 * The dry run that must precede a real run.
 *
 * @param required whether one of the same plan must have passed, also where its token is not asked for
 * @param maxAge how long it counts after it ended, more than zero
 * @param maxDriftShare highest share by which the number of documents of any source or target may differ from what it saw, 0 to 1
 */
public record DryRunRule(boolean required, Duration maxAge, double maxDriftShare) {}
