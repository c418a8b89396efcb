package dev.resync.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.catchup.CaughtUp;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.SourceAccount;
import dev.resync.chunk.UnmappedFieldNames;
import dev.resync.drift.CarriedOver;
import dev.resync.drift.Drift;
import dev.resync.error.SnapshotDamaged;
import dev.resync.error.SnapshotUnknown;
import dev.resync.run.Receipt.CatchUpAccount;
import dev.resync.run.Receipt.DriftAccount;
import dev.resync.run.Receipt.QuarantineAccount;
import dev.resync.run.Receipt.SnapshotAccount;
import dev.resync.run.Receipt.StageAccount;
import dev.resync.run.Receipt.TargetAccount;
import dev.resync.stage.StageContext;
import dev.resync.verify.Accounts;
import dev.resync.verify.TargetComparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers the account of a run from the control data alone. */
public final class ReceiptWriter {

    private static final int EXAMPLES = 5;

    private final StageContext context;

    public ReceiptWriter(StageContext context) {
        this.context = context;
    }

    /** Returns the receipt of a run that ends now. */
    public Receipt write(Run run, Ending ending) {
        List<Chunk> mapped = mapped(run);
        SnapshotAccount snapshot = snapshot(run);
        return new Receipt(
                run.id(),
                run.plan(),
                run.planHash(),
                run.environment(),
                context.environment().kind().label(),
                context.environment().colour().label(),
                run.mode(),
                run.requestedBy(),
                run.start() == null ? null : run.start().authenticatedAs(),
                run.reason(),
                ending,
                run.startedAt(),
                context.clock().instant(),
                sources(run, mapped),
                run.caughtUp() == null
                        ? UnmappedFieldNames.of(mapped).bySource()
                        : run.caughtUp().totals().unmappedFields(),
                caughtUp(run),
                targets(run, ending),
                snapshot,
                CutOverWindow.account(
                        run.targets().stream().map(RunTarget::name).toList(),
                        run.rollback(),
                        context.journal().of(run.id())),
                drift(run),
                stages(run),
                quarantine(run),
                run.verdict() == null ? List.of() : run.verdict().gates(),
                run.confirm() == null ? null : run.confirm().token(),
                run.error(),
                NextStep.of(run, ending, snapshot != null && !snapshot.targets().isEmpty(), context.nextCommands()));
    }

    /** The last mapping of this run counts; chunks of a mapping that was discarded do not. */
    private Map<String, SourceAccount> sources(Run run, List<Chunk> mapped) {
        if (run.caughtUp() != null) {
            return run.caughtUp().totals().sources();
        }
        List<Chunk> chunks = new ArrayList<>(mapped);
        if (!mapped.isEmpty()) {
            long synced =
                    run.stagingEpoch() > 0 ? run.stagingEpoch() : mapped.get(0).epoch();
            chunks.addAll(context.chunks().all(run.id(), synced, ChunkStage.SYNC));
        }
        return Accounts.sum(chunks);
    }

    private List<Chunk> mapped(Run run) {
        for (long epoch = run.mode().fromSnapshot() ? 0 : run.epoch(); epoch > 0; epoch--) {
            List<Chunk> mapped = context.chunks().all(run.id(), epoch, ChunkStage.MAP);
            if (!mapped.isEmpty()) {
                return mapped;
            }
        }
        return List.of();
    }

    private Map<String, TargetAccount> targets(Run run, Ending ending) {
        Map<String, TargetAccount> targets = new TreeMap<>();
        if (run.verdict() != null) {
            for (TargetComparison target : run.verdict().targets()) {
                long before = target.live().documents();
                boolean stays = ending == Ending.UNTOUCHED && run.mode() != RunMode.RESTORE_DRY_RUN;
                long after = stays ? before : target.shadow().documents();
                targets.put(
                        target.target(),
                        new TargetAccount(
                                before, after, target.added(), target.changed(), target.removed(), target.unchanged()));
            }
        }
        return targets;
    }

    private SnapshotAccount snapshot(Run run) {
        String id = run.wayBack();
        if (id == null) {
            return null;
        }
        Map<String, Receipt.ContentHashView> targets = new TreeMap<>();
        try {
            context.snapshots()
                    .requireGenuine(id)
                    .targets()
                    .forEach(target -> targets.put(target.name(), Receipt.ContentHashView.of(target.content())));
        } catch (SnapshotUnknown | SnapshotDamaged lost) {
            // No reason not to end: see snapshotLost.
            return new SnapshotAccount(id, Map.of());
        }
        return new SnapshotAccount(id, targets);
    }

    /** Returns why the record of a run's snapshot cannot be had any more; empty where it can, or there never was one. */
    public Optional<String> snapshotLost(Run run) {
        try {
            if (run.wayBack() != null) {
                context.snapshots().requireGenuine(run.wayBack());
            }
            return Optional.empty();
        } catch (SnapshotUnknown | SnapshotDamaged lost) {
            return Optional.of(lost.getMessage());
        }
    }

    private static CatchUpAccount caughtUp(Run run) {
        CaughtUp found = run.caughtUp();
        return found == null
                ? null
                : new CatchUpAccount(found.at(), found.changed(), found.replaced(), found.bundles());
    }

    private static List<DriftAccount> drift(Run run) {
        return new TreeMap<>(run.drift())
                .entrySet().stream()
                        .map(found -> account(
                                found.getKey(),
                                found.getValue(),
                                run.carriedOver().get(found.getKey())))
                        .toList();
    }

    private static DriftAccount account(String target, Drift drift, CarriedOver over) {
        return new DriftAccount(
                target,
                drift.changed(),
                drift.added(),
                drift.removed(),
                over == null ? 0 : over.documents(),
                drift.collection(),
                drift.exampleKeys());
    }

    private static List<StageAccount> stages(Run run) {
        return run.stages().values().stream()
                .sorted(Comparator.comparing(StageRecord::startedAt))
                .map(stage -> new StageAccount(
                        stage.name(),
                        stage.chunks(),
                        stage.documents(),
                        Duration.between(stage.startedAt(), stage.endedAt()).toMillis() / 1000.0))
                .toList();
    }

    /** In the order of reasons, with the lowest keys as examples, so that the same documents give the same account. */
    private List<QuarantineAccount> quarantine(Run run) {
        Map<String, QuarantineAccount> byReason = new TreeMap<>();
        if (Quarantine.placeOf(run) != Quarantine.Place.OPEN) {
            new Quarantine(context.store()).forEach(run, bundle -> count(bundle, byReason));
        }
        return List.copyOf(byReason.values());
    }

    private static void count(QuarantineEntry bundle, Map<String, QuarantineAccount> byReason) {
        QuarantineEntry.Problem first = bundle.problems().get(0);
        String id = first.reason() + "/" + first.place();
        QuarantineAccount before =
                byReason.getOrDefault(id, new QuarantineAccount(first.reason(), first.place(), 0, List.of()));
        List<JsonNode> examples = new ArrayList<>(before.exampleKeys());
        if (examples.size() < EXAMPLES) {
            examples.add(bundle.key());
        }
        byReason.put(
                id, new QuarantineAccount(first.reason(), first.place(), before.count() + 1, List.copyOf(examples)));
    }
}
