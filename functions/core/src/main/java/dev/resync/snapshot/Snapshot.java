package dev.resync.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resync.plan.Retention;
import dev.resync.store.ControlJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Manifest of a sealed snapshot: enough to prove it and to bring it back.
 *
 * @param id {@code runId-sEpoch}
 * @param run id of the run that took it
 * @param plan name of the plan
 * @param environment name of the environment
 * @param sealedAt when it was proven and sealed
 * @param targets in the order of the plan
 * @param retention how long the plan wanted its snapshots to be kept; null where it was sealed before plans could say so
 * @param removing what a sweeper does with it; null where none does anything
 * @param digest SHA-256 over all other fields but {@code removing}, so that a changed manifest is noticed
 */
public record Snapshot(
        @JsonProperty("_id") String id,
        String run,
        String plan,
        String environment,
        Instant sealedAt,
        List<SnapshotTarget> targets,
        Retention retention,
        Removal removing,
        String digest) {

    /** By the time of their seals; of equal times, by id. */
    public static final Comparator<Snapshot> NEWEST_FIRST =
            Comparator.comparing(Snapshot::sealedAt).thenComparing(Snapshot::id).reversed();

    public Snapshot {
        targets = List.copyOf(targets);
    }

    /** Returns a manifest with its digest. */
    public static Snapshot seal(
            String id,
            String run,
            String plan,
            String environment,
            Instant sealedAt,
            List<SnapshotTarget> targets,
            Retention retention) {
        return new Snapshot(id, run, plan, environment, sealedAt, targets, retention, null, null).sealed();
    }

    /** Returns whether the manifest is as it was sealed. */
    public boolean genuine() {
        return sealed().digest.equals(digest);
    }

    /** Returns how long snapshots of the plan are kept as far as this one knows; never null. */
    public Retention retentionOrDefault() {
        return retention == null ? Retention.DEFAULT : retention;
    }

    /** Returns whether its removal has begun and cannot be undone. */
    @JsonIgnore
    public boolean isGoing() {
        return removing != null && removing.decided();
    }

    /** Returns the target of this name; raises {@link IllegalArgumentException} where there is none. */
    public SnapshotTarget target(String name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("snapshot " + id + " has no target " + name));
    }

    /** Returns the names of the targets whose live collection did not exist. */
    @JsonIgnore
    public List<String> absentTargets() {
        return targets.stream()
                .filter(SnapshotTarget::isAbsent)
                .map(SnapshotTarget::name)
                .toList();
    }

    private Snapshot sealed() {
        Snapshot bare = new Snapshot(id, run, plan, environment, sealedAt, targets, retention, null, null);
        return new Snapshot(id, run, plan, environment, sealedAt, targets, retention, null, bare.computeDigest());
    }

    private String computeDigest() {
        try {
            byte[] json = ControlJson.mapper().writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("cannot digest snapshot " + id, e);
        }
    }
}
