package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/** Task: calls a function, and with a token waits for somebody to report its result. */
final class TaskRun extends StateRun {
    private final State.Task task;
    private Scheduler.Timer timeout;
    private Scheduler.Timer heartbeat;
    private Duration heartbeatEvery;
    private String token;

    TaskRun(Walk walk, State.Task task, JsonNode input, long enteredEventId) {
        super(walk, task, input, enteredEventId);
        this.task = task;
    }

    @Override
    protected void begin() {
        token = task.resource().waits() ? machinery().ids().get() : null;
        Bindings bindings = bindings();
        JsonNode arguments =
                task.arguments() == null ? input() : task.arguments().evaluate(bindings);
        Limits.requireSize(arguments, "arguments", task.name());
        Invocation invocation = Invocation.of(task.resource(), arguments);
        Double limit = Limits.number(task.timeoutSeconds(), bindings, "TimeoutSeconds", 1, Limits.MOST_SECONDS, true);
        Double beat =
                Limits.number(task.heartbeatSeconds(), bindings, "HeartbeatSeconds", 1, Limits.MOST_SECONDS, true);
        recordScheduled(arguments, limit, beat);
        if (limit != null) {
            timeout = after(Duration.ofSeconds(limit.longValue()), () -> throwTimeout(StatesError.TIMEOUT));
        }
        if (beat != null) {
            heartbeatEvery = Duration.ofSeconds(beat.longValue());
            startHeartbeat();
        }
        if (token != null) {
            machinery().tokens().add(token, this);
        }
        call(invocation);
    }

    private void call(Invocation invocation) {
        Machinery machinery = machinery();
        int attempt = currentAttempt();
        CallOutcome outcome = new CallOutcome();
        Runnable answered = postedInThisAttempt(() -> take(outcome, invocation));
        machinery.scheduler().began(Scheduler.Work.CALL);
        try {
            machinery.calls().execute(() -> {
                try {
                    if (isCurrent(attempt)) {
                        outcome.become(machinery.invoker(), invocation);
                        answered.run();
                    }
                } finally {
                    machinery.scheduler().ended(Scheduler.Work.CALL);
                }
            });
        } catch (RejectedExecutionException e) {
            machinery.scheduler().ended(Scheduler.Work.CALL);
            return; // the engine is being closed
        }
        record(event("TaskStarted"), resourceDetails());
        if (!invocation.waitsForAnswer()) {
            accepted(invocation.resultOf(null));
        }
    }

    private void take(CallOutcome outcome, Invocation invocation) {
        if (!invocation.waitsForAnswer()) {
            return; // InvocationType Event: whatever it answered
        }
        if (outcome.failure() != null) {
            throwFailure(outcome.failure());
        }
        JsonNode result = invocation.resultOf(outcome.answer());
        Limits.requireSize(result, "result", task.name());
        accepted(result);
    }

    private void accepted(JsonNode result) {
        if (token == null) {
            succeed(result);
        } else {
            record(HistoryEventType.TASK_SUBMITTED, resourceDetails().set("output", result));
        }
    }

    private void succeed(JsonNode result) {
        record(event("TaskSucceeded"), resourceDetails().set("output", result));
        leave(task.exit(), bindings().withResult(result), result);
    }

    private void throwTimeout(String error) {
        StatesError timedOut = new StatesError(error, null);
        record(event("TaskTimedOut"), resourceDetails().put("error", error));
        throw timedOut;
    }

    private void throwFailure(StatesError failure) {
        ObjectNode details = resourceDetails();
        details.setAll(Execution.errorDetails(failure.error(), failure.causeText()));
        record(event("TaskFailed"), details);
        throw failure;
    }

    /** The outside world has answered for the token. In the strand's turn; false if the task is over. */
    boolean report(String byToken, JsonNode output, StatesError failure) {
        if (!isOpen(byToken)) {
            return false;
        }
        walk().execution().step(inThisAttempt(() -> {
            if (failure != null) {
                throwFailure(failure);
            }
            Limits.requireSize(output, "result", task.name());
            succeed(output);
        }));
        return true;
    }

    /** A sign of life. In the strand's turn; false if the task is over. */
    boolean heartbeat(String byToken) {
        if (!isOpen(byToken)) {
            return false;
        }
        if (heartbeatEvery != null) {
            heartbeat.cancel();
            startHeartbeat();
        }
        return true;
    }

    private boolean isOpen(String byToken) {
        return byToken.equals(token) && walk().execution().isRunning();
    }

    private void startHeartbeat() {
        heartbeat = after(heartbeatEvery, () -> throwTimeout(StatesError.HEARTBEAT_TIMEOUT));
    }

    @Override
    protected void release() {
        if (timeout != null) {
            timeout.cancel();
        }
        if (heartbeat != null) {
            heartbeat.cancel();
        }
        if (token != null) {
            machinery().tokens().spend(token);
            token = null;
        }
    }

    @Override
    protected ObjectNode context() {
        ObjectNode context = super.context();
        if (token != null) {
            context.putObject("Task").put("Token", token);
        }
        return context;
    }

    private void recordScheduled(JsonNode arguments, Double limit, Double beat) {
        ObjectNode details = resourceDetails();
        if (task.resource().isFunction()) {
            details.put("resource", task.resource().text());
            details.set("input", arguments);
        } else {
            details.put("region", walk().execution().machine().machineArn().region());
            details.set("parameters", arguments);
        }
        if (limit != null) {
            details.put("timeoutInSeconds", limit.longValue());
        }
        if (beat != null && !task.resource().isFunction()) {
            details.put("heartbeatInSeconds", beat.longValue());
        }
        record(event("TaskScheduled"), details);
    }

    private ObjectNode resourceDetails() {
        ObjectNode details = Execution.details();
        return task.resource().isFunction()
                ? details
                : details.put("resourceType", "lambda")
                        .put("resource", task.resource().action());
    }

    /** AWS has event types of their own for a Task whose resource is the function itself. */
    private HistoryEventType event(String taskEvent) {
        return HistoryEventType.named(
                task.resource().isFunction() ? taskEvent.replace("Task", "LambdaFunction") : taskEvent);
    }
}
