package dev.resync.approval;

import java.time.Instant;

/**
 * What one person said of a run that waits for its cut-over.
 *
 * @param who as given
 * @param authenticatedAs who it was, as the admin API authenticated them; null where nobody did, so that who is a claim
 * @param at when
 */
public record Approval(String who, String authenticatedAs, Instant at) {

    /** Returns who it was, as authenticated or else as given. */
    String person() {
        return authenticatedAs == null ? who : authenticatedAs;
    }
}
