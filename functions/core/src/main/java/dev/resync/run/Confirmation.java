package dev.resync.run;

import java.time.Instant;

/**
 * What a dry run hands out and a real run must echo.
 *
 * @param token unguessable, starts with the dry run's id
 * @param expiresAt when it stops to count
 * @param usedBy id of the run that echoed it; null while unused
 */
public record Confirmation(String token, Instant expiresAt, String usedBy) {}
