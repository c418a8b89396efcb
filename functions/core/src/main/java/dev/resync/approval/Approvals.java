package dev.resync.approval;

import dev.resync.error.ApprovalInvalid;
import dev.resync.run.Run;
import dev.resync.run.RunUpdate;
import dev.resync.stage.StageContext;

/**
 * Takes approvals and refusals of runs that wait for one. They are kept with the run, where the stage before cut-over looks for
 * them; the answer to the waiting task only wakes it.
 */
public final class Approvals {

    private final StageContext context;
    private final ApprovalRule rule;

    public Approvals(StageContext context) {
        this.context = context;
        this.rule = new ApprovalRule(context.environment());
    }

    /**
     * Adds a person's approval; the same person's again changes nothing.
     *
     * @param who as given; not blank
     * @param authenticatedAs as a service knows them; null where none does
     * @return the run as it is now
     * @throws ApprovalInvalid where it waits for no approval, or not for this person's
     */
    public Run approve(String runId, String who, String authenticatedAs) {
        Run run = waiting(runId);
        Approval approval = new Approval(who, authenticatedAs, context.clock().instant());
        if (rule.asked(run, approval)) {
            throw invalid(run, approval.person() + " asked for it");
        }
        if (rule.production() && authenticatedAs == null) {
            throw invalid(
                    run, "the name " + who + " is a claim, and in production only who is authenticated may approve");
        }
        Run now = run.approvals().stream().anyMatch(known -> known.person().equals(approval.person()))
                ? run
                : context.runs().update(run, RunUpdate.push("approvals", approval));
        context.audit().add("APPROVED", run.id(), approval.person(), "cut-over approved, " + progress(now));
        return now;
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
        Run run = waiting(runId);
        Approval refusal = new Approval(who, authenticatedAs, context.clock().instant());
        Run refused = context.verdicts()
                .recordRefusal(run, refusal)
                .orElseThrow(() -> new ApprovalInvalid("Run " + runId
                        + " can no longer be refused: its cut-over has begun, or somebody refused it. Its receipt says how it"
                        + " ended; to go back, restore the snapshot that it names."));
        context.audit().add("APPROVAL_REFUSED", run.id(), refusal.person(), reason);
        return refused;
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
