package dev.resync.status;

import dev.resync.error.ResyncException;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.run.RunSummary;
import dev.resync.stage.StageContext;
import dev.resync.verify.TargetComparison;
import dev.resync.verify.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Reads where a run stands from the control data; writes nothing. */
public final class StatusReader {

    private final StageContext context;
    private final Function<String, ExecutionStatus> executions;
    private final StageReader stages;
    private final RunActions actions;

    /** @param executions asked for the status of an open run's execution; need not answer */
    public StatusReader(StageContext context, Function<String, ExecutionStatus> executions) {
        this.context = context;
        this.executions = executions;
        this.stages = new StageReader(context);
        this.actions = new RunActions(context);
    }

    /** Returns where a run, just read, stands. */
    public RunStatus of(Run run) {
        Instant now = context.clock().instant();
        List<StageStatus> read = stages.of(run, now);
        return new RunStatus(
                context.environment().name(),
                context.environment().kind().label(),
                context.environment().colour().label(),
                now,
                RunSummary.of(run),
                details(run),
                execution(run),
                read,
                run.state().working() && !run.held() && !actions.waitsForApproval(run) ? EtaCount.of(read, now) : null,
                gates(run.verdict()),
                actions.of(run));
    }

    private RunStatus.Details details(Run run) {
        return new RunStatus.Details(
                run.start() == null || run.start().via() == null
                        ? null
                        : run.start().via().label(),
                run.concurrency(),
                run.chunkDocuments(),
                run.approval(),
                actions.waitsForApproval(run),
                run.approvals(),
                run.refusal(),
                run.targets().stream()
                        .map(target -> new RunStatus.Target(target.name(), target.namespace()))
                        .toList());
    }

    private RunStatus.Execution execution(Run run) {
        if (run.state() == RunState.CLOSED) {
            return new RunStatus.Execution(run.execution(), null, null);
        }
        try {
            return new RunStatus.Execution(run.execution(), executions.apply(run.execution()), null);
        } catch (ResyncException unanswered) {
            // All else is in the control data: nobody may have to wait for the service to see it.
            return new RunStatus.Execution(run.execution(), null, unanswered.getMessage());
        }
    }

    private static RunStatus.Gates gates(Verdict verdict) {
        return verdict == null
                ? null
                : new RunStatus.Gates(
                        verdict.at(),
                        verdict.passed(),
                        verdict.gates(),
                        verdict.targets().stream().map(StatusReader::counts).toList());
    }

    /** Without the presence of each field, which the report of differences has: a status is asked for every other second. */
    private static TargetComparison counts(TargetComparison of) {
        return new TargetComparison(
                of.target(), of.live(), of.shadow(), of.added(), of.changed(), of.removed(), of.unchanged(), List.of());
    }
}
