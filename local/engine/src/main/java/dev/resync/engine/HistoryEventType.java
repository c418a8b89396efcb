package dev.resync.engine;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Types of history events. {@link #awsName} is the name that AWS uses; the constant is the same name in Java's style. */
public enum HistoryEventType {
    /** ExecutionStarted. */
    EXECUTION_STARTED("ExecutionStarted", "executionStartedEventDetails"),
    /** ExecutionSucceeded. */
    EXECUTION_SUCCEEDED("ExecutionSucceeded", "executionSucceededEventDetails"),
    /** ExecutionFailed. */
    EXECUTION_FAILED("ExecutionFailed", "executionFailedEventDetails"),
    /** ExecutionTimedOut. */
    EXECUTION_TIMED_OUT("ExecutionTimedOut", "executionTimedOutEventDetails"),
    /** ExecutionAborted. */
    EXECUTION_ABORTED("ExecutionAborted", "executionAbortedEventDetails"),
    /** ExecutionRedriven. */
    EXECUTION_REDRIVEN("ExecutionRedriven", "executionRedrivenEventDetails"),
    /** TaskStateEntered. */
    TASK_STATE_ENTERED("TaskStateEntered", "stateEnteredEventDetails"),
    /** TaskStateExited. */
    TASK_STATE_EXITED("TaskStateExited", "stateExitedEventDetails"),
    /** MapStateEntered. */
    MAP_STATE_ENTERED("MapStateEntered", "stateEnteredEventDetails"),
    /** MapStateExited. */
    MAP_STATE_EXITED("MapStateExited", "stateExitedEventDetails"),
    /** ParallelStateEntered. */
    PARALLEL_STATE_ENTERED("ParallelStateEntered", "stateEnteredEventDetails"),
    /** ParallelStateExited. */
    PARALLEL_STATE_EXITED("ParallelStateExited", "stateExitedEventDetails"),
    /** ChoiceStateEntered. */
    CHOICE_STATE_ENTERED("ChoiceStateEntered", "stateEnteredEventDetails"),
    /** ChoiceStateExited. */
    CHOICE_STATE_EXITED("ChoiceStateExited", "stateExitedEventDetails"),
    /** WaitStateEntered. */
    WAIT_STATE_ENTERED("WaitStateEntered", "stateEnteredEventDetails"),
    /** WaitStateExited. */
    WAIT_STATE_EXITED("WaitStateExited", "stateExitedEventDetails"),
    /** PassStateEntered. */
    PASS_STATE_ENTERED("PassStateEntered", "stateEnteredEventDetails"),
    /** PassStateExited. */
    PASS_STATE_EXITED("PassStateExited", "stateExitedEventDetails"),
    /** SucceedStateEntered. */
    SUCCEED_STATE_ENTERED("SucceedStateEntered", "stateEnteredEventDetails"),
    /** SucceedStateExited. */
    SUCCEED_STATE_EXITED("SucceedStateExited", "stateExitedEventDetails"),
    /** FailStateEntered. */
    FAIL_STATE_ENTERED("FailStateEntered", "stateEnteredEventDetails"),
    /** TaskStateAborted. */
    TASK_STATE_ABORTED("TaskStateAborted", null),
    /** MapStateAborted. */
    MAP_STATE_ABORTED("MapStateAborted", null),
    /** ParallelStateAborted. */
    PARALLEL_STATE_ABORTED("ParallelStateAborted", null),
    /** WaitStateAborted. */
    WAIT_STATE_ABORTED("WaitStateAborted", null),
    /** TaskScheduled. */
    TASK_SCHEDULED("TaskScheduled", "taskScheduledEventDetails"),
    /** TaskStarted. */
    TASK_STARTED("TaskStarted", "taskStartedEventDetails"),
    /** TaskSubmitted. */
    TASK_SUBMITTED("TaskSubmitted", "taskSubmittedEventDetails"),
    /** TaskSucceeded. */
    TASK_SUCCEEDED("TaskSucceeded", "taskSucceededEventDetails"),
    /** TaskFailed. */
    TASK_FAILED("TaskFailed", "taskFailedEventDetails"),
    /** TaskTimedOut. */
    TASK_TIMED_OUT("TaskTimedOut", "taskTimedOutEventDetails"),
    /** LambdaFunctionScheduled. */
    LAMBDA_FUNCTION_SCHEDULED("LambdaFunctionScheduled", "lambdaFunctionScheduledEventDetails"),
    /** LambdaFunctionStarted. */
    LAMBDA_FUNCTION_STARTED("LambdaFunctionStarted", null),
    /** LambdaFunctionSucceeded. */
    LAMBDA_FUNCTION_SUCCEEDED("LambdaFunctionSucceeded", "lambdaFunctionSucceededEventDetails"),
    /** LambdaFunctionFailed. */
    LAMBDA_FUNCTION_FAILED("LambdaFunctionFailed", "lambdaFunctionFailedEventDetails"),
    /** LambdaFunctionTimedOut. */
    LAMBDA_FUNCTION_TIMED_OUT("LambdaFunctionTimedOut", "lambdaFunctionTimedOutEventDetails"),
    /** MapStateStarted. */
    MAP_STATE_STARTED("MapStateStarted", "mapStateStartedEventDetails"),
    /** MapStateSucceeded. */
    MAP_STATE_SUCCEEDED("MapStateSucceeded", null),
    /** MapStateFailed. */
    MAP_STATE_FAILED("MapStateFailed", null),
    /** MapIterationStarted. */
    MAP_ITERATION_STARTED("MapIterationStarted", "mapIterationStartedEventDetails"),
    /** MapIterationSucceeded. */
    MAP_ITERATION_SUCCEEDED("MapIterationSucceeded", "mapIterationSucceededEventDetails"),
    /** MapIterationFailed. */
    MAP_ITERATION_FAILED("MapIterationFailed", "mapIterationFailedEventDetails"),
    /** MapIterationAborted. */
    MAP_ITERATION_ABORTED("MapIterationAborted", "mapIterationAbortedEventDetails"),
    /** MapRunStarted. */
    MAP_RUN_STARTED("MapRunStarted", "mapRunStartedEventDetails"),
    /** MapRunSucceeded. */
    MAP_RUN_SUCCEEDED("MapRunSucceeded", null),
    /** MapRunFailed. */
    MAP_RUN_FAILED("MapRunFailed", "mapRunFailedEventDetails"),
    /** MapRunAborted. */
    MAP_RUN_ABORTED("MapRunAborted", null),
    /** MapRunRedriven. */
    MAP_RUN_REDRIVEN("MapRunRedriven", "mapRunRedrivenEventDetails"),
    /** ParallelStateStarted. */
    PARALLEL_STATE_STARTED("ParallelStateStarted", null),
    /** ParallelStateSucceeded. */
    PARALLEL_STATE_SUCCEEDED("ParallelStateSucceeded", null),
    /** ParallelStateFailed. */
    PARALLEL_STATE_FAILED("ParallelStateFailed", null),
    /** EvaluationFailed. */
    EVALUATION_FAILED("EvaluationFailed", "evaluationFailedEventDetails");

    private static final Map<String, HistoryEventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(HistoryEventType::awsName, type -> type));

    private final String awsName;
    private final String detailsField;

    HistoryEventType(String awsName, String detailsField) {
        this.awsName = awsName;
        this.detailsField = detailsField;
    }

    /**
     * The name in AWS' answers.
     *
     * @return such as {@code TaskStateEntered}
     */
    public String awsName() {
        return awsName;
    }

    /** The field of an event's JSON that holds its details; null if AWS gives none. */
    String detailsField() {
        return detailsField;
    }

    /** Null if there is no type of that name. */
    static HistoryEventType named(String awsName) {
        return BY_NAME.get(awsName);
    }
}
