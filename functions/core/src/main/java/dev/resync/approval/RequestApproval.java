package dev.resync.approval;

import dev.resync.run.Run;
import dev.resync.run.RunTarget;
import dev.resync.run.RunUpdate;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import dev.resync.verify.TargetComparison;
import java.util.stream.Collectors;

/** Records that a run waits for another person's approval, with the token that answers it. */
public final class RequestApproval implements Stage<RequestApproval.Input, RequestApproval.Answer> {

    private final StageContext context;

    public RequestApproval(StageContext context) {
        this.context = context;
    }

    /**
     * Input of this stage.
     *
     * @param runId id of the run
     * @param epoch the run's epoch
     * @param taskToken token with which the waiting task is answered
     */
    public record Input(String runId, long epoch, String taskToken) {}

    /**
     * Answer of this stage; the task goes on waiting for the token's.
     *
     * @param asked always true
     */
    public record Answer(boolean asked) {}

    @Override
    public String name() {
        return "request-approval";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Answer run(Input input) {
        Run run = context.runs().enter(input.runId(), input.epoch());
        context.runs().update(run, RunUpdate.set("approvalToken", input.taskToken()));
        context.audit()
                .add(
                        "APPROVAL_REQUESTED",
                        run.id(),
                        run.requestedBy(),
                        "[" + run.environment() + "] " + run.reason() + ": cut-over of "
                                + run.targets().stream()
                                        .map(RunTarget::namespace)
                                        .collect(Collectors.joining(", "))
                                + " awaits approval by someone other than " + run.asker() + ". "
                                + run.verdict().targets().stream()
                                        .map(TargetComparison::described)
                                        .collect(Collectors.joining("; ")));
        context.notices().approvalWanted(run);
        return new Answer(true);
    }
}
