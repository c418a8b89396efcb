package dev.resync.apply;

import com.mongodb.MongoNamespace;
import dev.resync.apply.RangeDifference.Change;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.KeyRange;
import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.drift.Drift;
import dev.resync.error.ChunkChanged;
import dev.resync.error.LiveDrifted;
import dev.resync.error.RunClosed;
import dev.resync.pace.Pace;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.ChunkAnswer;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.ChunkWork;
import dev.resync.stage.Deadline;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes one range of live what the sealed new view holds there, by writing what differs and nothing else, and proves it by
 * reading both again.
 */
public final class ApplyChunk implements TimedStage<ChunkInput, ChunkAnswer> {

    /** Looks at a range, the last of which must find nothing to do. */
    private static final int MOST_LOOKS = 4;

    private final StageContext context;
    private final ChunkWork chunkWork;
    private final CallsInFlight calls;
    private final Overwritten overwritten;

    public ApplyChunk(StageContext context) {
        this.context = context;
        this.chunkWork = new ChunkWork(context, ChunkStage.APPLY);
        this.calls = new CallsInFlight(context);
        this.overwritten = new Overwritten(context);
    }

    @Override
    public String name() {
        return ChunkStage.APPLY.function();
    }

    @Override
    public Class<ChunkInput> input() {
        return ChunkInput.class;
    }

    @Override
    public ChunkAnswer run(ChunkInput input, Deadline deadline) {
        // On record first: see CallsInFlight.
        AtomicBoolean sent = new AtomicBoolean();
        return calls.during(
                input.runId(),
                input.epoch(),
                deadline,
                sent::get,
                () -> chunkWork.run(input, deadline, (run, chunk, pace) -> apply(run, chunk, pace, sent)));
    }

    private ChunkResult apply(Run run, Chunk chunk, Pace pace, AtomicBoolean sent) {
        RunTarget target = run.targets().get(chunk.target());
        JournalEntry entry = begun(run, target);
        MongoNamespace shadow = entry.shadowNamespace();
        LiveWriter writer = new LiveWriter(context.store(), target.live(), run.restoring(), () -> {
            requireAtWork(run, target);
            requireTheSame(entry);
            sent.set(true);
        });
        for (int look = 1; look <= MOST_LOOKS; look++) {
            requireTheSame(entry);
            RangeDifference difference = RangeDifference.of(context.store(), shadow, target.live(), chunk.keys(), pace);
            if (difference.changes().isEmpty()) {
                String key =
                        RunCollection.of(run, CollectionKind.SHADOW, target).key();
                return new ChunkResult(
                        difference.wanted().documents(),
                        Map.of(key, difference.wanted()),
                        Map.of(),
                        Map.of(),
                        List.of());
            }
            if (run.rollback()) {
                keepForeign(run, target, chunk.keys(), difference.changes());
            } else {
                requireKnown(run, target, chunk.keys(), difference.changes());
            }
            context.checkpoints().reached("apply:before-write:" + chunk.index());
            writer.write(difference.changes());
            context.checkpoints().reached("apply:after-write:" + chunk.index());
        }
        throw new ChunkChanged("Live " + target.namespace() + " still differs from the new view of run " + run.id()
                + " after " + (MOST_LOOKS - 1) + " writes of chunk " + chunk.index() + ". It is done again.");
    }

    private JournalEntry begun(Run run, RunTarget target) {
        return context.journal().of(run.id(), run.epoch()).stream()
                .filter(entry -> entry.target().equals(target.name()) && entry.step() == JournalStep.APPLYING)
                .findFirst()
                .orElseThrow(() -> new RunClosed("Run " + run.id() + " does not write to " + target.namespace()
                        + " in its present epoch; this call changed nothing."));
    }

    /** An insert would create a collection that somebody dropped. */
    private void requireTheSame(JournalEntry entry) {
        boolean there = entry.identity() == null
                ? context.store().exists(entry.liveNamespace())
                : context.store()
                        .identity(entry.liveNamespace())
                        .filter(entry.identity()::equals)
                        .isPresent();
        if (!there) {
            throw new LiveDrifted("Live " + entry.live() + " was dropped or replaced by someone while run "
                    + entry.run() + " was writing to it. Find out who did it; it goes back to the snapshot.");
        }
    }

    /** As late as can be; what is sent after this look is what the closing waits for. */
    private void requireAtWork(Run run, RunTarget target) {
        context.locks().requireHeld(context.runs().enter(run.id(), run.epoch()), target);
    }

    private void requireKnown(Run run, RunTarget target, KeyRange range, List<Change> changes) {
        List<MongoNamespace> kept = new ArrayList<>();
        SnapshotTarget copy = context.snapshots().require(run.snapshot()).target(target.name());
        if (!copy.isAbsent()) {
            kept.add(copy.where());
        }
        // What was carried over was looked at, and the new view has what its owners want of it.
        Drift carried =
                run.carriedOver().containsKey(target.name()) ? run.drift().get(target.name()) : null;
        if (carried != null) {
            kept.add(new MongoNamespace(carried.collection()));
        }
        boolean absenceToo = carried == null || carried.removed() == 0;
        List<Change> foreign = KnownContent.of(context.store(), kept, range).foreign(changes, absenceToo);
        if (!foreign.isEmpty()) {
            throw new LiveDrifted("Others changed " + foreign.size() + " documents of live " + target.namespace()
                    + " while run " + run.id() + " was writing to it. Stop whatever writes to it, then start a new run;"
                    + " live goes back to the snapshot, and what they wrote is kept.");
        }
    }

    /** What others wrote meanwhile is overwritten with all the rest, but never lost. */
    private void keepForeign(Run run, RunTarget target, KeyRange range, List<Change> changes) {
        List<MongoNamespace> own = new ArrayList<>();
        for (JournalEntry entry : context.journal().of(run.id())) {
            if (entry.target().equals(target.name()) && entry.epoch() < run.epoch()) {
                RunCollection shadow = RunCollection.of(run, CollectionKind.SHADOW, target);
                own.add(shadow.inEpoch(entry.epoch()).closed());
            }
        }
        List<Change> foreign = KnownContent.of(context.store(), own, range).foreign(changes, false);
        if (!foreign.isEmpty()) {
            overwritten.keep(run, target, foreign.stream().map(Change::live).toList());
        }
    }
}
