package dev.resync.approval;

import dev.resync.environment.StartWay;
import dev.resync.error.ApprovalInvalid;
import dev.resync.run.AuditTrail;
import dev.resync.run.Run;
import dev.resync.run.RunUpdate;
import dev.resync.schema.OneLine;
import dev.resync.stage.StageContext;
import java.util.function.Supplier;

/**
 * Takes approvals and refusals of runs that wait for one. They are kept with the run, where the stage before cut-over looks for
 * them; the answer to the waiting task only wakes it.
 */
public final class Approvals {

    private final StageContext context;
    private final ApprovalRule rule;
    private final String environment;

    public Approvals(StageContext context) {
        this(context, context.environment().name());
    }

    /** @param environment name of the environment that whoever decides means */
    public Approvals(StageContext context, String environment) {
        this.context = context;
        this.environment = environment;
        this.rule = new ApprovalRule(context.environment());
    }

    /**
     * Adds a person's approval; the same person's again changes nothing.
     *
     * @param who as given; not blank
     * @param authenticatedAs as a service knows them; null where none does
     * @param reason why; null where they give none
     * @return the run as it is now
     * @throws ApprovalInvalid where it waits for no approval, or not for this person's
     * @throws dev.resync.error.EnvironmentMismatch where it belongs to another environment
     * @throws dev.resync.error.RequestInvalid where who or why is no line of text
     */
    public Run approve(String runId, String who, String authenticatedAs, String reason) {
        Approval approval = new Approval(who, authenticatedAs, context.clock().instant());
        return audited(
                approval, "APPROVED", "approve " + runId, reason, runId, () -> approved(waiting(runId), approval));
    }

    private Run approved(Run run, Approval approval) {
        if (rule.asked(run, approval)) {
            throw invalid(run, approval.person() + " asked for it");
        }
        if (rule.production() && approval.authenticatedAs() == null) {
            throw invalid(
                    run,
                    "the name " + approval.who()
                            + " is a claim, and in production only who is authenticated may approve");
        }
        return run.approvals().stream().anyMatch(known -> known.person().equals(approval.person()))
                ? run
                : context.runs().update(run, RunUpdate.push("approvals", approval));
    }

    /** Puts on record who said what, and what came of it. */
    private Run audited(
            Approval approval, String event, String what, String why, String runId, Supplier<Run> decision) {
        StartWay via = approval.authenticatedAs() == null ? StartWay.COMMAND_LINE : StartWay.API;
        AuditTrail.Asked asked =
                new AuditTrail.Asked(approval.who(), approval.authenticatedAs(), via.label(), null, what, why);
        return context.audit()
                .decided(
                        asked,
                        runId,
                        event,
                        () -> {
                            OneLine.require("requestedBy", approval.who(), "Say who you are. Nothing was changed.");
                            if (why != null) {
                                OneLine.require("reason", why, "Say why. Nothing was changed.");
                            }
                            return decision.get();
                        },
                        now -> now.refusal() == null
                                ? "the cut-over is approved " + progress(now)
                                : "the run is refused");
    }

    /**
     * Refuses a run, which then ends untouched.
     *
     * @param who as given; not blank
     * @param authenticatedAs as a service knows them; null where none does
     * @param reason why; not blank
     * @return the run as it is now
     * @throws ApprovalInvalid where it waits for no approval
     */
    public Run refuse(String runId, String who, String authenticatedAs, String reason) {
        Approval refusal = new Approval(who, authenticatedAs, context.clock().instant());
        return audited(refusal, "APPROVAL_REFUSED", "refuse " + runId, reason, runId, () -> context.verdicts()
                .recordRefusal(waiting(runId), refusal)
                .orElseThrow(() -> new ApprovalInvalid("Run " + runId
                        + " can no longer be refused: its cut-over has begun, or somebody refused it. Its receipt says how it"
                        + " ended; to go back, restore the snapshot that it names.")));
    }

    /** Returns whether a person, as authenticated, asked for a run or for it to go on, so that they cannot approve it. */
    public boolean asked(Run run, String person) {
        return rule.asked(run, new Approval(person, person, null));
    }

    /** Returns whether a run that waits has been answered: refused, or approved by as many as it needs. */
    public boolean answered(Run run) {
        return run.refusal() != null || rule.enough(run);
    }

    /**
     * Makes sure that a run may go on to its cut-over.
     *
     * @throws ApprovalInvalid where it was refused, or approvals are missing
     */
    public void require(Run run) {
        if (!run.approval()) {
            return;
        }
        if (run.refusal() != null) {
            throw new ApprovalInvalid("Run " + run.id() + " was refused by "
                    + run.refusal().person() + "; live is unchanged. Find out why before you start another one.");
        }
        if (!rule.enough(run)) {
            throw invalid(run, progress(run));
        }
    }

    private String progress(Run run) {
        return "by " + rule.counting(run).size() + " of " + rule.needed(run) + " so far";
    }

    private Run waiting(String runId) {
        Run run = context.runs().require(runId);
        run.requireIn(environment);
        boolean waits =
                run.approval() && run.approvalToken() != null && run.state().working() && run.refusal() == null;
        if (!waits) {
            throw new ApprovalInvalid("Run " + runId + " waits for no approval: it is " + run.state()
                    + (run.ending() == null ? "" : " and ended " + run.ending())
                    + (run.refusal() == null
                            ? ""
                            : ", refused by " + run.refusal().person()) + ". Nothing was changed.");
        }
        return run;
    }

    private ApprovalInvalid invalid(Run run, String why) {
        return new ApprovalInvalid("Run " + run.id() + " needs the approval of " + rule.wanted(run) + ": " + why
                + ". Live is unchanged. Have such a person approve it, or start it again.");
    }
}
