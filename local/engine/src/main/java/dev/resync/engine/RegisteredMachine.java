package dev.resync.engine;

import java.time.Instant;

/**
 * A state machine that an engine knows.
 *
 * @param machine not null
 * @param since when one of its ARN was first registered
 */
public record RegisteredMachine(StateMachine machine, Instant since) {}
