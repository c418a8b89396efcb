package dev.resync.status;

import dev.resync.approval.Approval;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.RunSummary;
import dev.resync.verify.GateResult;
import dev.resync.verify.TargetComparison;
import java.time.Instant;
import java.util.List;

/**
 * Where a run stands, and what can be done next.
 *
 * @param environment name of the environment
 * @param kind what it is for
 * @param colour colour that stands for it
 * @param at when this was said, by the clock of whoever says it
 * @param run the run in one line
 * @param details what it was started with, and who said what of it
 * @param execution the execution that drives it
 * @param stages its stages in their order
 * @param eta when it is expected to end, or to wait for approval; null where nothing says so, while it is held, and once it has
 *     ended
 * @param verdict result of the gates; null before
 * @param next what can be done with it now
 */
public record RunStatus(
        String environment,
        String kind,
        String colour,
        Instant at,
        RunSummary run,
        Details details,
        Execution execution,
        List<StageStatus> stages,
        Eta eta,
        Gates verdict,
        List<RunAction> next) {

    /**
     * What a run was started with, and who said what of it.
     *
     * @param via way by which it was started; null where nobody said
     * @param concurrency chunks at once, 1 or more
     * @param chunkDocuments documents of each collection that a chunk is planned for, 1 or more
     * @param approval whether its cut-over waits for another person
     * @param waitsForApproval whether it waits now
     * @param approvals who approved it, in their order
     * @param refusal who refused it; null where nobody did
     * @param targets what it rebuilds or brings back
     */
    public record Details(
            String via,
            int concurrency,
            int chunkDocuments,
            boolean approval,
            boolean waitsForApproval,
            List<Approval> approvals,
            Approval refusal,
            List<Target> targets) {}

    /**
     * A target.
     *
     * @param name name in the plan
     * @param live {@code database.collection}
     */
    public record Target(String name, String live) {}

    /**
     * The execution that drives a run.
     *
     * @param arn its ARN
     * @param status what the service says of it; null where the run has ended or the service does not answer
     * @param unknown why the service has not answered; null where it has, or need not be asked
     */
    public record Execution(String arn, ExecutionStatus status, String unknown) {}

    /**
     * Result of the gates.
     *
     * @param at when
     * @param passed whether every gate passed
     * @param gates every gate's result
     * @param targets difference between live and new view, by target, without fields
     */
    public record Gates(Instant at, boolean passed, List<GateResult> gates, List<TargetComparison> targets) {}
}
