package dev.resync.admission;

import dev.resync.environment.StartWay;
import dev.resync.run.RunMode;
import java.time.Instant;
import java.util.List;

/**
 * What someone asks for, after its shape was checked.
 *
 * @param environment name of the environment that the requester means; echoed, so that it cannot be a mistake
 * @param plan name of the plan; null for a restore, and for a dry run of one
 * @param mode what the run may do
 * @param via by which way it comes, as it says itself
 * @param scheduledTime time of the schedule that asks; null unless it comes by way of one
 * @param idempotencyKey under which the same request gives the same run; null where none was given
 * @param requestedBy who asks
 * @param reason why
 * @param confirm what a dry run handed out, or the hash of a plan; null unless the mode is EXECUTE or a run is resumed
 * @param snapshot id of the snapshot to bring back; null unless the mode is RESTORE or RESTORE_DRY_RUN
 * @param only names of the targets to bring back, each once; empty for all that the snapshot holds
 * @param resume id of the run to resume; null unless one is to be resumed
 * @param concurrency chunks at once; null for the environment's limit
 * @param chunkDocuments documents of each collection that a chunk is planned for; null for the plan's figure
 * @param resumeMinutes how long the run may be resumed should its execution fail, 0 for not at all; null for the plan's figure
 */
public record Request(
        String environment,
        String plan,
        RunMode mode,
        StartWay via,
        Instant scheduledTime,
        String idempotencyKey,
        String requestedBy,
        String reason,
        String confirm,
        String snapshot,
        List<String> only,
        String resume,
        Integer concurrency,
        Integer chunkDocuments,
        Integer resumeMinutes) {

    public Request {
        only = List.copyOf(only);
    }
}
