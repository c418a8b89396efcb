package dev.resync.run;

import dev.resync.environment.StartWay;
import java.time.Instant;

/**
 * How a run was started.
 *
 * @param via by which way
 * @param authenticatedAs who asked, as the admin API authenticated them; null where nobody did, so that who asked is a claim
 * @param scheduledTime time of the schedule that asked; null unless one did
 * @param idempotencyKey under which the same request gives this run again; null where none was given
 */
public record RunStart(StartWay via, String authenticatedAs, Instant scheduledTime, String idempotencyKey) {

    /** Returns whether a schedule started it. */
    public boolean scheduled() {
        return via == StartWay.SCHEDULE;
    }
}
