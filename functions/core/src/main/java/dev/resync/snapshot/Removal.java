package dev.resync.snapshot;

import java.time.Instant;

/**
 * Mark of a snapshot that a sweeper means to remove, or removes.
 *
 * @param by token of the sweeper; who goes on with the removal puts its own in its place
 * @param since when that sweeper began
 * @param decided false while the sweeper still looks whether a run needs the snapshot, and anyone may take the mark away; true
 *     once there is no way back, since collections may be gone
 */
public record Removal(String by, Instant since, boolean decided) {}
