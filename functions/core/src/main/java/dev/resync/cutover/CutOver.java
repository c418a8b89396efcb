package dev.resync.cutover;

import dev.resync.error.LiveDrifted;
import dev.resync.error.RunClosed;
import dev.resync.error.SealMismatch;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunState;
import dev.resync.run.RunTarget;
import dev.resync.run.Sealed;
import dev.resync.run.StageRecord;
import dev.resync.stage.RunInput;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import dev.resync.verify.CutOverPermit;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Puts each sealed shadow in the place of its live collection, one rename per target, the journal first. Called again, it
 * goes on where it stopped.
 */
public final class CutOver implements Stage<RunInput, CutOver.Answer> {

    private final StageContext context;
    private final CutOverPermit permit;

    public CutOver(StageContext context) {
        this.context = context;
        this.permit = new CutOverPermit(context);
    }

    /**
     * Answer of this stage.
     *
     * @param targets number of targets replaced, 1 or more
     */
    public record Answer(int targets) {}

    @Override
    public String name() {
        return "cut-over";
    }

    @Override
    public Class<RunInput> input() {
        return RunInput.class;
    }

    @Override
    public Answer run(RunInput input) {
        Instant startedAt = context.clock().instant();
        Run run = context.runs().enter(input.runId(), input.epoch());
        List<RunTarget> targets = run.targetsToReplace().stream()
                .sorted(Comparator.comparing(RunTarget::namespace))
                .toList();
        if (!begun(run)) {
            requirePermit(run);
            // The permit reads all of live, which takes its time; a journal of a suspended run would end its resume.
            context.runs().enter(run.id(), run.epoch());
        }
        targets.forEach(target -> context.journal().plan(plan(run, target)));
        // After the journal: a closing that suspends the run looks there after it has said so, and one sees the other.
        context.runs().enter(run.id(), run.epoch());
        context.checkpoints().reached("cut-over:planned");
        for (JournalEntry entry : context.journal().of(run.id(), run.epoch())) {
            if (entry.step() != JournalStep.DONE) {
                context.locks().requireHeld(run, run.target(entry.target()));
                replace(run, entry);
            }
        }
        context.checkpoints().reached("cut-over:complete");
        context.runs()
                .stageDone(
                        run,
                        new StageRecord(name(), 0, 0, startedAt, context.clock().instant()));
        return new Answer(targets.size());
    }

    private void requirePermit(Run run) {
        try {
            permit.require(run);
        } catch (LiveDrifted drifted) {
            // Another call of this very cut-over may have begun to replace live while this one looked at it.
            if (!begun(run)) {
                throw drifted;
            }
        }
    }

    private boolean begun(Run run) {
        return context.journal().of(run.id(), run.epoch()).stream()
                .anyMatch(entry -> entry.step() != JournalStep.PLANNED);
    }

    private void replace(Run run, JournalEntry entry) {
        context.journal().step(entry, JournalStep.RENAMING, null);
        context.checkpoints().reached("cut-over:before-rename:" + entry.target());
        if (!context.store().replace(entry.shadowNamespace(), entry.liveNamespace())) {
            requireReplaced(run, entry);
        }
        context.checkpoints().reached("cut-over:after-rename:" + entry.target());
        context.journal().step(entry, JournalStep.DONE, context.clock().instant());
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

    private boolean atWork(Run run) {
        Run now = context.runs().require(run.id());
        return now.epoch() == run.epoch() && (now.state() == RunState.OPEN || now.state() == RunState.RESTORING);
    }

    private JournalEntry plan(Run run, RunTarget target) {
        Sealed shadow = run.sealedAs(RunCollection.of(run, CollectionKind.SHADOW, target));
        if (shadow == null) {
            throw new IllegalStateException("run " + run.id() + " has no sealed shadow of " + target.namespace());
        }
        return new JournalEntry(
                run.id() + "/" + run.epoch() + "/" + target.name(),
                run.id(),
                run.epoch(),
                run.epoch(),
                target.name(),
                target.namespace(),
                shadow.namespace(),
                context.store().identity(shadow.where()).orElse(null),
                shadow.content(),
                JournalStep.PLANNED,
                null);
    }
}
