package dev.resync.verify;

import dev.resync.approval.Approvals;
import dev.resync.drift.LiveDrift;
import dev.resync.error.VerdictExpired;
import dev.resync.pace.RunWatch;
import dev.resync.run.Run;
import dev.resync.run.RunUpdate;
import dev.resync.stage.Deadline;
import dev.resync.stage.RunPlans;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import java.time.Duration;

/** The last look before cut-over, once the run is not held: approval, age of the verdict, and whether live is still what the snapshot copied. */
public final class PreCutOver implements TimedStage<PreCutOver.Input, PreCutOver.Answer> {

    private final StageContext context;
    private final RunPlans plans;
    private final LiveDrift drift;
    private final Approvals approvals;

    public PreCutOver(StageContext context) {
        this.context = context;
        this.plans = new RunPlans(context);
        this.drift = new LiveDrift(context);
        this.approvals = new Approvals(context);
    }

    /**
     * Input of this stage.
     *
     * @param runId id of the run
     * @param epoch the run's epoch
     */
    public record Input(String runId, long epoch) {}

    /**
     * Answer of this stage.
     *
     * @param renewed always true; anything else raises an error
     */
    public record Answer(boolean renewed) {}

    @Override
    public String name() {
        return "pre-cut-over";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Answer run(Input input, Deadline deadline) {
        Run entered = context.runs().enter(input.runId(), input.epoch());
        Run run = new RunWatch(context, deadline, entered).awaitRelease();
        approvals.require(run);
        Verdict verdict = run.verdict();
        if (verdict == null || !verdict.passed() || expired(run, verdict)) {
            throw new VerdictExpired("Run " + run.id() + " has no passed verdict, or its verdict is too old."
                    + " Resume it from MAP to verify again; live is unchanged.");
        }
        Run settled = drift.settle(run);
        context.runs()
                .update(settled, RunUpdate.set("verdict.at", context.clock().instant(), "verdict.renewed", true));
        return new Answer(true);
    }

    /** A restore has no plan to say how long its verdict counts; what it brings back is proven by hash. */
    private boolean expired(Run run, Verdict verdict) {
        if (run.restoring()) {
            return false;
        }
        Duration expiry = plans.of(run).gates().verdictExpiry();
        return context.clock().instant().isAfter(verdict.at().plus(expiry));
    }
}
