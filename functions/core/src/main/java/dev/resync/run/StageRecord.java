package dev.resync.run;

import java.time.Instant;

/**
 * Account of one finished stage.
 *
 * @param name function name, such as {@code sync-chunk}
 * @param chunks number of chunks, 0 where the stage has none
 * @param documents documents handled, 0 or more
 * @param startedAt when its first part began
 * @param endedAt when its last part ended
 */
public record StageRecord(String name, int chunks, long documents, Instant startedAt, Instant endedAt) {}
