package dev.resync.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.chunk.SourceAccount;
import dev.resync.hash.ContentHash;
import dev.resync.verify.GateResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The account of a run. Written once, when the run is closed.
 *
 * @param runId id of the run
 * @param plan name of the plan
 * @param planHash hash of the plan
 * @param environment name of the environment
 * @param kind what the environment is for, as profiles name it
 * @param colour colour that stands for it
 * @param mode what the run was allowed to do
 * @param requestedBy who asked, as given
 * @param authenticatedAs who asked, as the admin API authenticated them; null where nobody did
 * @param reason why
 * @param ending how it ended
 * @param startedAt when its execution started
 * @param endedAt when it was closed
 * @param sources account of each source, by name; empty where none was read
 * @param unmappedFields fields of source documents that the plan names nowhere, by source, see {@link
 *     dev.resync.chunk.UnmappedFieldNames}; empty where nothing was mapped
 * @param caughtUp what was changed in the sources since they were read, and is in the new view nevertheless; null where that
 *     was not looked for
 * @param targets difference between live before and the new view, by name; empty where none was verified
 * @param snapshot the snapshot taken of live before any change; null where none was sealed
 * @param cutOver when live was changed; null where it never was
 * @param drift what others changed in live since the snapshot; empty where nothing was found
 * @param stages finished stages in the order of their start
 * @param quarantine quarantined bundles by reason and field
 * @param gates every gate's result; empty where none was asked
 * @param confirm what a real run must echo; only after a passed dry run
 * @param error what stopped it; null where nothing did
 * @param next the command for what can be done next, as one line
 */
public record Receipt(
        String runId,
        String plan,
        String planHash,
        String environment,
        String kind,
        String colour,
        RunMode mode,
        String requestedBy,
        String authenticatedAs,
        String reason,
        Ending ending,
        Instant startedAt,
        Instant endedAt,
        Map<String, SourceAccount> sources,
        Map<String, List<String>> unmappedFields,
        CatchUpAccount caughtUp,
        Map<String, TargetAccount> targets,
        SnapshotAccount snapshot,
        CutOverAccount cutOver,
        List<DriftAccount> drift,
        List<StageAccount> stages,
        List<QuarantineAccount> quarantine,
        List<GateResult> gates,
        String confirm,
        RunError error,
        String next) {

    /**
     * What became of one target.
     *
     * @param before documents in live before
     * @param after documents in live after: those of the new view only where it was published; in a dry run of a restore,
     *     those that live would hold
     * @param added keys that only the new view has
     * @param changed keys whose documents differ
     * @param removed keys that only live had
     * @param unchanged keys whose documents are equal
     */
    public record TargetAccount(long before, long after, long added, long changed, long removed, long unchanged) {}

    /**
     * What was changed in the sources since they were read.
     *
     * @param at when they were looked at again
     * @param changed documents added or changed, by source; without sources that had none
     * @param replaced older versions of them that had been read before and count as superseded, by source
     * @param bundles bundles that were mapped anew
     */
    public record CatchUpAccount(Instant at, Map<String, Long> changed, Map<String, Long> replaced, long bundles) {}

    /**
     * The snapshot of a run.
     *
     * @param id id of the snapshot
     * @param targets count and hash of each target, by name; empty where the snapshot's record cannot be had any more
     */
    public record SnapshotAccount(String id, Map<String, ContentHashView> targets) {}

    /**
     * Content of a collection as the receipt shows it.
     *
     * @param documents number of documents
     * @param hash order-independent hash, 64 hexadecimal digits
     */
    public record ContentHashView(long documents, String hash) {

        static ContentHashView of(ContentHash content) {
            return new ContentHashView(content.documents(), content.sum());
        }
    }

    /**
     * When live was changed, and back again where a run went back.
     *
     * @param changes each change of a live collection, in the order in which they were seen to be made
     * @param windowSeconds how long in all, at most, consumers may have seen more than one view, by the clocks of the functions:
     *     those of several targets, views of different runs in them; those of a target that is changed in place, old and new
     *     documents side by side. Each time from before the first rename or write was sent until the last one was seen to be
     *     done; 0 for a single target that is replaced
     */
    public record CutOverAccount(List<Change> changes, double windowSeconds) {}

    /**
     * A change of one live collection.
     *
     * @param target name of the target
     * @param change {@code REPLACED}, {@code WRITTEN} in place, or {@code DROPPED}
     * @param at when it was seen to be done
     */
    public record Change(String target, String change, Instant at) {}

    /**
     * What others changed in one live collection during the run.
     *
     * @param target name of the target
     * @param changed documents that differ from the snapshot
     * @param added documents that the snapshot has not
     * @param removed documents that only the snapshot has
     * @param carried documents of the new view that took preserved fields from them
     * @param collection {@code database.collection} that keeps the changed and added documents as live had them, as long as the
     *     run's snapshot is kept
     * @param exampleKeys up to five keys, as JSON values
     */
    public record DriftAccount(
            String target,
            long changed,
            long added,
            long removed,
            long carried,
            String collection,
            List<JsonNode> exampleKeys) {}

    /**
     * One stage.
     *
     * @param name function name
     * @param chunks number of chunks, 0 where the stage has none
     * @param documents documents handled
     * @param seconds from the first start to the last end
     */
    public record StageAccount(String name, int chunks, long documents, double seconds) {}

    /**
     * Quarantined bundles of one reason.
     *
     * @param reason stable code
     * @param field source and path of the field; null where no single one is to blame
     * @param count bundles
     * @param exampleKeys up to five keys, as JSON values; {@link dev.resync.plan.Sensitivity#HIDDEN} where the plan hides
     *     keys
     */
    public record QuarantineAccount(String reason, String field, long count, List<JsonNode> exampleKeys) {}
}
