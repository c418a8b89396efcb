package dev.resync.close;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.apply.CallsInFlight;
import dev.resync.cutover.JournalEntry;
import dev.resync.error.SnapshotDamaged;
import dev.resync.error.SnapshotUnknown;
import dev.resync.metrics.Metric;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Receipt;
import dev.resync.run.ReceiptWriter;
import dev.resync.run.Run;
import dev.resync.run.RunError;
import dev.resync.run.RunState;
import dev.resync.run.RunUpdate;
import dev.resync.stage.StageContext;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;

/**
 * Ends a run: fences it, decides from journal and names, and either records the ending with its receipt, or opens the way
 * for a restore. Every step may be repeated by anyone; the decision is made by compare-and-set.
 */
public final class Closing {

    private final StageContext context;
    private final MoveAway moveAway;
    private final LeftOvers leftOvers;
    private final ReceiptWriter receipts;
    private final QuarantineArchive quarantine;
    private final EndFigures figures;
    private final CallsInFlight calls;

    public Closing(StageContext context) {
        this.context = context;
        this.moveAway = new MoveAway(context);
        this.leftOvers = new LeftOvers(context);
        this.receipts = new ReceiptWriter(context);
        this.quarantine = new QuarantineArchive(context);
        this.figures = new EndFigures(context);
        this.calls = new CallsInFlight(context);
    }

    /**
     * Begins to close a run that is in one of these states: raises its epoch, so that nothing older may go on.
     *
     * @param cause status of the execution that stopped; null where the run finished by itself
     * @param error what stopped it; null where nothing did
     * @return the run as it is now, whoever changed it
     */
    public Run begin(Run run, Set<RunState> from, ExecutionStatus cause, RunError error) {
        RunError shown = error == null ? run.error() : error;
        return context.runs()
                .change(
                        run.id(),
                        run.epoch(),
                        from,
                        RunUpdate.raisingEpoch(
                                RunUpdate.set("state", RunState.CLOSING, "stopCause", cause, "error", shown)))
                .orElseGet(() -> context.runs().require(run.id()));
    }

    /**
     * Goes on with a run in state CLOSING; leaves one in any other state alone.
     *
     * @return the run CLOSED, RESTORING or NEEDS_OPERATOR
     */
    public Run proceed(Run run) {
        if (run.state() != RunState.CLOSING) {
            return run;
        }
        CutState cutState = moveAway.fence(run, run.epoch() - 1);
        quarantine.keep(run);
        context.checkpoints().reached("close:decided");
        if (!cutState.unclear().isEmpty()) {
            return alarm(
                    run,
                    "The sealed shadow of " + cutState.unclear()
                            + " is gone, and live does not hold what it held. Compare live with snapshot "
                            + run.snapshot() + " and with the sources.");
        }
        if (mustGoBack(run, cutState)) {
            // What a call still writes would be overwritten too early; the next step looks again.
            return writesLeft(run).isZero() ? goBack(run, cutState) : run;
        }
        return end(run, cutState);
    }

    /** Returns how long a call of this run may still write to live; zero where none can. */
    Duration writesLeft(Run run) {
        return calls.left(run);
    }

    /** A stopped run goes back even from a complete cut-over; a failed one only from half of one. */
    private static boolean mustGoBack(Run run, CutState cutState) {
        if (cutState.none()) {
            // A roll-back is not over before it is through.
            return run.rollback();
        }
        boolean stopped = run.stopCause() == ExecutionStatus.ABORTED && !run.restoring();
        return !cutState.all() || stopped;
    }

    private Run goBack(Run run, CutState cutState) {
        String snapshot = run.wayBack();
        List<String> targets = run.rollback() ? run.restoreTargets() : cutState.changed();
        List<String> absent;
        try {
            // Damage to what need not go back is no reason not to.
            absent = context.snapshots()
                    .requireProven(snapshot, target -> targets.contains(target.name()))
                    .absentTargets();
        } catch (SnapshotDamaged | SnapshotUnknown e) {
            return alarm(run, e.getMessage());
        }
        return context.runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(RunState.CLOSING),
                        RunUpdate.set(
                                "state",
                                RunState.RESTORING,
                                "rollback",
                                true,
                                "restoreFrom",
                                snapshot,
                                "restoreTargets",
                                targets,
                                "dropTargets",
                                absent,
                                "sealed",
                                null,
                                "open",
                                null,
                                "cutOverAt",
                                null))
                .orElseGet(() -> context.runs().require(run.id()));
    }

    private Run alarm(Run run, String why) {
        RunError error = new RunError("NeedsOperator", why);
        Optional<Run> alarmed = context.runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(RunState.CLOSING),
                        RunUpdate.set("state", RunState.NEEDS_OPERATOR, "error", error));
        if (alarmed.isEmpty()) {
            // Another call has ended the run meanwhile, and cleaned away what this one looked for.
            return context.runs().require(run.id());
        }
        context.audit().add("ALARM", run.id(), null, "Needs an operator: the run cannot be ended safely. " + why);
        context.notices().needsOperator(alarmed.get(), why);
        context.metrics()
                .say(
                        Metric.NEEDS_OPERATOR,
                        context.runs()
                                .inStates(EnumSet.of(RunState.NEEDS_OPERATOR))
                                .size());
        return alarmed.get();
    }

    private Run end(Run run, CutState cutState) {
        Run now = context.runs().require(run.id());
        if (now.state() != RunState.CLOSING || now.epoch() != run.epoch()) {
            // Ended by another call; its locks are free, and an index would create a live that was dropped since.
            return now;
        }
        Ending ending = cutState.none() ? Ending.UNTOUCHED : run.restoring() ? Ending.RESTORED : Ending.CUT_OVER;
        if (!cutState.none()) {
            addExpiringIndexes(run, context.journal().of(run.id(), run.epoch() - 1));
        }
        return closed(run, ending);
    }

    /**
     * Closes a run that needs an operator, as a person says that it ended.
     *
     * @throws dev.resync.error.RequestInvalid where it cannot be settled like this
     */
    Run settle(Run run, Settlement settlement) {
        settlement.requireFits(run);
        if (run.state() == RunState.CLOSED) {
            return run;
        }
        String said = "Settled as " + settlement.as() + " by " + settlement.requestedBy() + ": " + settlement.reason();
        String why = run.error() == null ? "" : run.error().message();
        Run explained = context.runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(RunState.NEEDS_OPERATOR),
                        RunUpdate.set(
                                "error",
                                // A call before this one may have said so already.
                                new RunError("NeedsOperator", why.endsWith(said) ? why : (why + " " + said).strip())))
                .orElseGet(() -> context.runs().require(run.id()));
        if (explained.state() == RunState.NEEDS_OPERATOR) {
            if (settlement.as() != Ending.UNTOUCHED) {
                addExpiringIndexes(explained, context.journal().of(run.id()));
            }
            explained = closed(explained, settlement.as());
            context.audit().add("SETTLED", run.id(), settlement.requestedBy(), said);
        }
        // Somebody else may have settled it otherwise meanwhile.
        settlement.requireFits(explained);
        return explained;
    }

    private Run closed(Run run, Ending ending) {
        Receipt receipt = receipts.write(run, ending);
        JsonNode json = ControlJson.mapper().valueToTree(receipt);
        context.checkpoints().reached("close:before-ending");
        Optional<Run> closedHere = context.runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(run.state()),
                        RunUpdate.set(
                                "state",
                                RunState.CLOSED,
                                "ending",
                                ending,
                                "endedAt",
                                receipt.endedAt(),
                                "receipt",
                                json));
        // A call that comes second must not count the run again.
        closedHere.ifPresent(figures::say);
        closedHere.ifPresent(context.notices()::ended);
        Run ended = closedHere.orElseGet(() -> context.runs().require(run.id()));
        context.checkpoints().reached("close:after-ending");
        if (ended.state() == RunState.CLOSED) {
            context.audit().add("CLOSED", run.id(), run.requestedBy(), "ended " + ended.ending());
            receipts.snapshotLost(ended).ifPresent(why -> endedWithoutSnapshot(ended, why));
            cleanUp(ended);
        }
        return ended;
    }

    private void endedWithoutSnapshot(Run run, String why) {
        String what = "It ended without its snapshot. " + why;
        context.audit().add("ALARM", run.id(), null, what);
        context.notices().alarm(run, what);
    }

    /**
     * Gives back locks and drops what a closed run left and no longer needs; safe to repeat at any time.
     *
     * @return number of collections dropped
     */
    public int cleanUp(Run run) {
        context.locks().releaseAll(run.id());
        return leftOvers.drop(run);
    }

    /**
     * TTL indexes come to live after the cut-over, while the run still holds its lock: on a shadow they could remove
     * documents between proof and verdict.
     */
    private void addExpiringIndexes(Run run, List<JournalEntry> journal) {
        for (JournalEntry entry : journal) {
            // Where a person took live away meanwhile, an index would create it.
            if (run.state() == RunState.NEEDS_OPERATOR && !context.store().exists(entry.liveNamespace())) {
                continue;
            }
            List<BsonDocument> indexes = entry.expiringIndexes().stream()
                    .map(text -> ControlJson.decode(text).asDocument())
                    .toList();
            context.store().createIndexes(entry.liveNamespace(), indexes);
        }
    }
}
