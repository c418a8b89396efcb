package dev.resync.cutover;

import com.mongodb.MongoNamespace;
import dev.resync.apply.InPlace;
import dev.resync.apply.Overwritten;
import dev.resync.approval.Approvals;
import dev.resync.error.LiveDrifted;
import dev.resync.error.RunClosed;
import dev.resync.error.RunHeld;
import dev.resync.error.SealMismatch;
import dev.resync.hash.ContentHash;
import dev.resync.pace.RunWatch;
import dev.resync.plan.Apply;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.run.Sealed;
import dev.resync.run.StageRecord;
import dev.resync.stage.Deadline;
import dev.resync.stage.RunInput;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import dev.resync.store.CollectionShape;
import dev.resync.store.ControlJson;
import dev.resync.verify.CutOverPermit;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts each sealed shadow in the place of its live collection, or takes live away where a restore drops it, one rename per
 * target, the journal first. For targets that are changed in place it plans the chunks and answers how many there are; called
 * again once they are applied, or after anything else that stopped it, it goes on.
 */
public final class CutOver implements TimedStage<RunInput, CutOver.Answer> {

    private static final int MOST_LOOKS = 3;

    private final StageContext context;
    private final CutOverPermit permit;
    private final Approvals approvals;
    private final InPlace inPlace;
    private final Overwritten overwritten;

    public CutOver(StageContext context) {
        this.context = context;
        this.permit = new CutOverPermit(context);
        this.approvals = new Approvals(context);
        this.inPlace = new InPlace(context);
        this.overwritten = new Overwritten(context);
    }

    /**
     * Answer of this stage.
     *
     * @param targets number of targets to replace, to change in place or to drop, 1 or more
     * @param done whether all of them are; where false, chunks are to be applied before the next try
     * @param chunks chunks to apply; 0 where done
     */
    public record Answer(int targets, boolean done, int chunks) {}

    @Override
    public String name() {
        return "cut-over";
    }

    @Override
    public Class<RunInput> input() {
        return RunInput.class;
    }

    @Override
    public Answer run(RunInput input, Deadline deadline) {
        Instant startedAt = context.clock().instant();
        Run run = context.runs().enter(input.runId(), input.epoch());
        List<RunTarget> targets = run.targetsToReplace().stream()
                .sorted(Comparator.comparing(RunTarget::namespace))
                .toList();
        Run permitted = begun(run) ? run : permitted(released(run, deadline));
        targets.forEach(target -> context.journal().plan(plan(permitted, target)));
        // After the journal: a closing that suspends the run looks there after it has said so, and one sees the other.
        context.runs().enter(run.id(), run.epoch());
        context.checkpoints().reached("cut-over:planned");
        // These first, for they take their time: the renames follow together.
        int chunks = inPlace.chunksLeft(permitted, context.journal().of(run.id(), run.epoch()));
        if (chunks > 0) {
            return new Answer(targets.size(), false, chunks);
        }
        for (JournalEntry entry : context.journal().of(run.id(), run.epoch())) {
            if (entry.step() != JournalStep.DONE) {
                context.locks().requireHeld(run, run.target(entry.target()));
                change(run, entry);
            }
        }
        targets.forEach(target -> overwritten.record(run, target));
        context.checkpoints().reached("cut-over:complete");
        context.runs()
                .stageDone(
                        run,
                        new StageRecord(name(), 0, 0, startedAt, context.clock().instant()));
        return new Answer(targets.size(), true, 0);
    }

    /** A hold counts until the cut-over begins. */
    private Run released(Run run, Deadline deadline) {
        return run.cutOverAt() == null ? new RunWatch(context, deadline, run).awaitRelease() : run;
    }

    /**
     * Looks at live for the last time and begins. Which shadows are published is decided by one change of the run, so that two
     * calls cannot mean different ones; it also finds out whether the run was suspended during the look, which takes its time.
     */
    private Run permitted(Run run) {
        Run now = run;
        for (int i = 0; i < MOST_LOOKS; i++) {
            try {
                now = permit.require(now);
            } catch (LiveDrifted drifted) {
                // Another call of this very cut-over may have begun to replace live while this one looked at it.
                if (!begun(run)) {
                    throw drifted;
                }
            }
            Optional<Run> begun =
                    context.verdicts().beginCutOver(now, context.clock().instant());
            now = begun.isPresent() ? begun.get() : context.runs().enter(run.id(), run.epoch());
            if (now.cutOverAt() != null) {
                return now;
            }
            approvals.require(now);
            if (now.held()) {
                throw new RunHeld("Run " + now.id() + " is " + now.pace().held()
                        + ", since before its cut-over began. Live is unchanged. It goes on with `resync continue "
                        + now.id() + "`.");
            }
        }
        throw new LiveDrifted("The new view of run " + run.id() + " was made anew " + MOST_LOOKS
                + " times while its cut-over was to begin. Stop whatever writes to live, then redrive the run.");
    }

    private boolean begun(Run run) {
        return context.journal().of(run.id(), run.epoch()).stream()
                .anyMatch(entry -> entry.step() != JournalStep.PLANNED);
    }

    private void change(Run run, JournalEntry entry) {
        context.journal().renaming(entry, context.clock().instant());
        context.checkpoints().reached("cut-over:before-rename:" + entry.target());
        if (entry.drops()) {
            drop(entry);
        } else if (!context.store().replace(entry.shadowNamespace(), entry.liveNamespace())) {
            requireReplaced(run, entry);
        }
        context.checkpoints().reached("cut-over:after-rename:" + entry.target());
        context.journal().done(entry, context.clock().instant());
    }

    /** The shadow is gone: renamed to live by an earlier attempt, or moved away by the closing, or lost. */
    private void requireReplaced(Run run, JournalEntry entry) {
        RunCollection shadow = RunCollection.of(run, CollectionKind.SHADOW, run.target(entry.target()));
        if (context.store().exists(shadow.closed()) || !atWork(run)) {
            throw new RunClosed("Run " + run.id() + " was closed and its shadow of " + entry.live()
                    + " moved away; this call changed nothing.");
        }
        if (new Replacement(context.store()).of(entry) != Replacement.Proof.REPLACED) {
            throw new SealMismatch("The sealed shadow " + entry.shadow() + " of run " + run.id()
                    + " is gone, and live " + entry.live()
                    + " is not what it was. Find out who removed it; the run is closed without it.");
        }
    }

    /**
     * Never a drop, which nothing could keep from coming late and taking the view of a later run: a rename to a name that is
     * taken for good by the first rename or by the closing, whichever comes first.
     */
    private void drop(JournalEntry entry) {
        MongoNamespace displaced = entry.displacedNamespace();
        if (context.store().renameIfFree(entry.liveNamespace(), displaced)) {
            return;
        }
        boolean closed = context.store().exists(displaced) && !new Displacement(context.store()).of(entry);
        if (closed) {
            throw new RunClosed("Run " + entry.run() + " was closed before it dropped " + entry.live()
                    + "; this call changed nothing.");
        }
        // Dropped by an earlier attempt, or missing all along.
    }

    private boolean atWork(Run run) {
        Run now = context.runs().require(run.id());
        return now.epoch() == run.epoch() && now.state().working();
    }

    private JournalEntry plan(Run run, RunTarget target) {
        return run.drops(target) ? planDrop(run, target) : planReplacement(run, target);
    }

    private JournalEntry planDrop(Run run, RunTarget target) {
        ContentHash copied = context.snapshots()
                .require(run.snapshot())
                .target(target.name())
                .content();
        return new JournalEntry(
                run.id() + "/" + run.epoch() + "/" + target.name(),
                run.id(),
                run.epoch(),
                run.epoch(),
                target.name(),
                target.namespace(),
                Apply.SWAP,
                null,
                RunCollection.of(run, CollectionKind.SHADOW, target).displaced().getFullName(),
                context.store().identity(target.live()).orElse(null),
                context.store().exists(target.live()) ? copied : null,
                List.of(),
                JournalStep.PLANNED,
                null,
                null);
    }

    private JournalEntry planReplacement(Run run, RunTarget target) {
        Sealed shadow = run.sealedAs(RunCollection.of(run, CollectionKind.SHADOW, target));
        if (shadow == null) {
            throw new IllegalStateException("run " + run.id() + " has no sealed shadow of " + target.namespace());
        }
        // Nobody can have a change stream on what is not there, and it is to get all indexes and options.
        boolean inPlace = target.apply() == Apply.IN_PLACE && context.store().exists(target.live());
        return new JournalEntry(
                run.id() + "/" + run.epoch() + "/" + target.name(),
                run.id(),
                run.epoch(),
                run.epoch(),
                target.name(),
                target.namespace(),
                inPlace ? Apply.IN_PLACE : Apply.SWAP,
                shadow.namespace(),
                null,
                context.store()
                        .identity(inPlace ? target.live() : shadow.where())
                        .orElse(null),
                shadow.content(),
                inPlace && !run.restoring() ? List.of() : expiringIndexes(run, target),
                JournalStep.PLANNED,
                null,
                null);
    }

    /** In the journal, so that whoever ends the run needs no snapshot for them. */
    private List<String> expiringIndexes(Run run, RunTarget target) {
        String shapeOf = run.restoring() ? run.restoreFrom() : run.snapshot();
        CollectionShape shape =
                context.snapshots().require(shapeOf).target(target.name()).shape();
        return shape.expiringIndexes().stream().map(ControlJson::encode).toList();
    }
}
