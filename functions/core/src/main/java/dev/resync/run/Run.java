package dev.resync.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.approval.Approval;
import dev.resync.catchup.CaughtUp;
import dev.resync.chunk.ChunkStage;
import dev.resync.drift.CarriedOver;
import dev.resync.drift.Drift;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.pace.RunPace;
import dev.resync.verify.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One execution of a plan, as the {@code runs} collection keeps it.
 *
 * @param id {@code environment-plan-start-shortId}
 * @param shortId ten hexadecimal digits, unique; part of collection names
 * @param startedBy ARN of the execution that started the run
 * @param execution ARN of the execution that drives the run now
 * @param plan name of the plan; null for a restore whose snapshot names none
 * @param planHash hash of the plan that the run was admitted or last resumed with
 * @param sourcesHash hash of that plan's key type and sources, which staging depends on; null for a restore
 * @param artifact version of the code that the run was admitted or last resumed with
 * @param environment name of the environment
 * @param mode what it may do
 * @param state where it stands
 * @param epoch fencing number, from 1; raised by close and by resume
 * @param heartbeat counter raised by every stage call; judged by how long it stands still
 * @param start how it was started
 * @param requestedBy who asked, as given
 * @param resumers all who asked for it to go on, as given and as authenticated
 * @param reason why, as given
 * @param startedAt when the execution started
 * @param endedAt when the run was closed; null before
 * @param concurrency chunks at once, 1 or more
 * @param chunkDocuments documents of each collection that a chunk is planned for, 1 or more
 * @param chunkCollections collections whose documents a chunk may hold, 1 or more
 * @param pace how fast it may work, and whether it is held; never null
 * @param approval whether another person must approve before cut-over
 * @param targets in the order of the plan; of a restore those that it brings back, and no others
 * @param stagingEpoch epoch whose chunks wrote the staging in use
 * @param snapshot id of the snapshot that this run took of live; null before it is sealed
 * @param rollback whether live is being brought back to the snapshot that this run took before it changed live
 * @param restoreFrom id of the snapshot to bring back, or in a dry run to compare; null unless restoring
 * @param only names of the targets that a restore was asked for; empty where it was asked for all, or is none
 * @param restoreTargets names of the targets to bring back; null unless restoring
 * @param dropTargets names of the targets that did not exist when the snapshot to bring back was taken, so that their live
 *     collections are dropped; empty unless restoring, and in a dry run
 * @param resumeMinutes how long a failed execution may be resumed, in minutes, 0 for not at all
 * @param stopCause status of the execution that made the run be closed; null where it finished by itself
 * @param resumeUntil until when a suspended run may be resumed; null unless it was suspended
 * @param open generation of the open names by chunk stage: how often its seal has sent chunks back
 * @param sealed sealed collections by collection key
 * @param stages finished stages by function name, in the order in which they were finished
 * @param caughtUp what was changed in the sources since they were read; null before that was looked for
 * @param drift what others changed in live since the snapshot, by target; without those where nothing was found
 * @param carriedOver targets whose shadow was made anew since the verdict, with what others own of documents that drifted
 * @param cutOverAt when a cut-over began, after which its shadows stay what they are; null before
 * @param verdict result of the gates; null before
 * @param approvalToken where an approval is awaited; null otherwise
 * @param approvals who approved it, in their order
 * @param refusal who refused it; null where nobody did
 * @param confirm what a real run must echo; only on a passed dry run
 * @param error what stopped it; null where nothing did
 * @param ending null until closed
 * @param receipt null until closed
 */
public record Run(
        @JsonProperty("_id") String id,
        String shortId,
        String startedBy,
        String execution,
        String plan,
        String planHash,
        String sourcesHash,
        String artifact,
        String environment,
        RunMode mode,
        RunState state,
        long epoch,
        long heartbeat,
        RunStart start,
        String requestedBy,
        List<Approval> resumers,
        String reason,
        Instant startedAt,
        Instant endedAt,
        int concurrency,
        int chunkDocuments,
        int chunkCollections,
        RunPace pace,
        boolean approval,
        List<RunTarget> targets,
        long stagingEpoch,
        String snapshot,
        boolean rollback,
        String restoreFrom,
        List<String> only,
        List<String> restoreTargets,
        List<String> dropTargets,
        int resumeMinutes,
        ExecutionStatus stopCause,
        Instant resumeUntil,
        Map<String, Integer> open,
        Map<String, Sealed> sealed,
        Map<String, StageRecord> stages,
        CaughtUp caughtUp,
        Map<String, Drift> drift,
        Map<String, CarriedOver> carriedOver,
        Instant cutOverAt,
        Verdict verdict,
        String approvalToken,
        List<Approval> approvals,
        Approval refusal,
        Confirmation confirm,
        RunError error,
        Ending ending,
        JsonNode receipt) {

    public Run {
        // Of a run that was started by an earlier version.
        chunkCollections = Math.max(1, chunkCollections);
        pace = pace == null ? RunPace.FREE : pace;
        targets = targets == null ? List.of() : List.copyOf(targets);
        resumers = resumers == null ? List.of() : List.copyOf(resumers);
        approvals = approvals == null ? List.of() : List.copyOf(approvals);
        only = only == null ? List.of() : List.copyOf(only);
        dropTargets = dropTargets == null ? List.of() : List.copyOf(dropTargets);
        open = open == null ? Map.of() : Map.copyOf(open);
        carriedOver = carriedOver == null ? Map.of() : Map.copyOf(carriedOver);
        drift = drift == null ? Map.of() : Map.copyOf(drift);
        sealed = sealed == null ? Map.of() : Map.copyOf(sealed);
        // In the order in which they were finished, which a copy by Map.copyOf would lose.
        stages = stages == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }

    /** Returns how many documents of all collections a chunk is planned for at most, 1 or more. */
    public int documentsOfChunk() {
        return (int) Math.min((long) chunkDocuments * chunkCollections, Integer.MAX_VALUE);
    }

    /**
     * Makes sure that the run belongs to the environment that somebody means.
     *
     * @param meant name of that environment
     * @throws EnvironmentMismatch where it belongs to another one
     */
    public void requireIn(String meant) {
        if (!environment.equals(meant)) {
            throw new EnvironmentMismatch("Run " + id + " belongs to environment " + environment + "; you named "
                    + meant + ". Nothing was changed. Name the environment that you mean.");
        }
    }

    /** Returns who asked for the run, for people: as given, and as authenticated where that is another name. */
    public String asker() {
        String known = start == null ? null : start.authenticatedAs();
        return known == null || known.equals(requestedBy)
                ? requestedBy
                : requestedBy + " (authenticated as " + known + ")";
    }

    /** Returns whether the run brings a snapshot back, or would in a dry run, rather than building a new view. */
    public boolean restoring() {
        return mode.fromSnapshot() || rollback;
    }

    /**
     * Returns the id of the snapshot of live before this run changed it; null where none was sealed. What a run that went back
     * has taken last is a copy of the view that it took back.
     */
    public String wayBack() {
        return rollback ? restoreFrom : snapshot;
    }

    /** Returns whether it must wait until somebody lets it go on. One that changes live never does: it may be half changed. */
    public boolean held() {
        return pace.held() != null && !rollback && cutOverAt == null;
    }

    /** Returns the target of this name; it must be one of the run's. */
    public RunTarget target(String name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("run " + id + " has no target " + name));
    }

    /** Returns the generation of the open names that a stage writes to, from 0. */
    public int openGeneration(ChunkStage stage) {
        return open.getOrDefault(stage.name(), 0);
    }

    /** Returns the sealed form of a collection; null before it is sealed. */
    public Sealed sealedAs(RunCollection collection) {
        return sealed.get(collection.key());
    }

    /** Returns the targets whose live collection the present phase means to replace or to drop. */
    public List<RunTarget> targetsToReplace() {
        return restoreTargets == null
                ? targets
                : targets.stream()
                        .filter(target -> restoreTargets.contains(target.name()))
                        .toList();
    }

    /** Returns whether the present phase means to drop a target's live collection rather than to replace it. */
    public boolean drops(RunTarget target) {
        return dropTargets.contains(target.name());
    }

    /** Returns the targets for which the present phase builds a shadow. */
    public List<RunTarget> targetsToBuild() {
        return targetsToReplace().stream().filter(target -> !drops(target)).toList();
    }
}
