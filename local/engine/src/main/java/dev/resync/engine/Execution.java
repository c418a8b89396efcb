package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** One execution: started by a caller, or a child of a distributed map. All but reading happens in its strand's turn. */
final class Execution {
    private static final System.Logger LOG = System.getLogger(Execution.class.getName());

    private final Machinery machinery;
    private final Origin origin;
    private final Strand strand;
    private final JsonNode input;
    private final long sequence;
    private final String startText;
    private final History history = new History();
    private final Object closing = new Object();
    private volatile ExecutionDescription description;
    private Walk walk;
    private Scheduler.Timer timeout;
    private long lastEventId;

    /**
     * Where an execution comes from.
     *
     * @param scope what it runs
     * @param mapRunArn null for an execution that a caller started, as are parent and onClosed
     */
    record Origin(
            StateMachine machine,
            String stateMachineArn,
            String arn,
            String name,
            Scope scope,
            String mapRunArn,
            Execution parent,
            Consumer<Execution> onClosed) {}

    Execution(Machinery machinery, Origin origin, JsonNode input, long sequence) {
        this.machinery = machinery;
        this.origin = origin;
        this.input = input;
        this.sequence = sequence;
        this.strand =
                origin.parent() == null ? new Strand(machinery.steps(), machinery.scheduler()) : origin.parent().strand;
        Instant start = machinery.scheduler().now();
        this.startText = Times.text(start);
        this.description = ExecutionDescription.started(origin, start, input);
    }

    void begin() {
        publish();
        ObjectNode started = details().put("roleArn", role());
        lastEventId = record(0, HistoryEventType.EXECUTION_STARTED, started.set("input", input));
        startTimeout();
        walk = new Walk(this, origin.scope(), Map.of(), null, new WholeWalk(), lastEventId);
        walk.start(input);
    }

    /** Runs a step unless the execution is closed. An error in the engine itself fails the execution, not the thread. */
    void step(Runnable step) {
        if (!isRunning()) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Level.ERROR, "the engine failed in " + arn(), e);
            fail(StatesError.runtime("the engine failed: " + e));
        }
    }

    /** @return false if the execution was closed already */
    boolean stop(String error, String cause) {
        if (!isRunning()) {
            return false;
        }
        close(ExecutionStatus.ABORTED, null, error, cause);
        return true;
    }

    void redrive() {
        ExecutionDescription closed = description;
        if (closed.redriveStatus() != RedriveStatus.REDRIVABLE) {
            throw new ExecutionNotRedrivable(
                    arn() + " is " + closed.status() + (isChild() ? " and belongs to a map run" : ""));
        }
        goOn();
    }

    /** Redrive without asking whether it is allowed: for the children of a map run that is being redriven. */
    void goOn() {
        description = description.redriven(machinery.scheduler().now());
        publish();
        ObjectNode details = details().put("redriveCount", description.redriveCount());
        lastEventId = record(lastEventId, HistoryEventType.EXECUTION_REDRIVEN, details);
        startTimeout();
        walk.redrive(lastEventId);
    }

    private void startTimeout() {
        Long seconds = isChild() ? null : origin.machine().timeoutSeconds();
        int round = description.redriveCount();
        if (seconds != null) {
            timeout = machinery.schedule(this, Duration.ofSeconds(seconds), () -> {
                if (description.redriveCount() == round) {
                    close(ExecutionStatus.TIMED_OUT, null, StatesError.TIMEOUT, null);
                }
            });
        }
    }

    private void fail(StatesError error) {
        close(ExecutionStatus.FAILED, null, error.error(), error.causeText());
    }

    private void close(ExecutionStatus status, JsonNode output, String error, String cause) {
        if (timeout != null) {
            timeout.cancel();
        }
        if (walk != null) {
            walk.abort();
        }
        if (status == ExecutionStatus.SUCCEEDED) {
            walk = null; // nothing to redrive: let its memory go
        }
        ExecutionDescription closed =
                description.ended(status, machinery.scheduler().now(), output, error, cause);
        recordClose(closed);
        synchronized (closing) {
            description = closed;
            closing.notifyAll();
        }
        publish();
        if (origin.onClosed() != null) {
            origin.onClosed().accept(this);
        }
    }

    private void recordClose(ExecutionDescription closed) {
        HistoryEventType type =
                switch (closed.status()) {
                    case SUCCEEDED -> HistoryEventType.EXECUTION_SUCCEEDED;
                    case TIMED_OUT -> HistoryEventType.EXECUTION_TIMED_OUT;
                    case ABORTED -> HistoryEventType.EXECUTION_ABORTED;
                    default -> HistoryEventType.EXECUTION_FAILED;
                };
        ObjectNode details = closed.status() == ExecutionStatus.SUCCEEDED
                ? details().set("output", closed.output())
                : errorDetails(closed.error(), closed.cause());
        lastEventId = history.add(lastEventId, machinery.scheduler().now(), type, details);
    }

    private void publish() {
        machinery.events().publish(description, origin.machine().machineArn());
    }

    /**
     * Adds to the history. Like on AWS, an execution whose history is full fails: the definition would not work
     * there either.
     */
    long record(long previousEventId, HistoryEventType type, JsonNode details) {
        if (history.size() >= machinery.longestHistory() - 1) {
            machinery.post(
                    this,
                    () -> fail(StatesError.runtime(
                            "the execution reached the maximum of " + machinery.longestHistory() + " history events")));
            return lastEventId; // the last place is for the event of the failure
        }
        lastEventId = history.add(previousEventId, machinery.scheduler().now(), type, details);
        return lastEventId;
    }

    static ObjectNode details() {
        return Json.NODES.objectNode();
    }

    static ObjectNode errorDetails(String error, String cause) {
        ObjectNode details = details();
        if (error != null) {
            details.put("error", error);
        }
        if (cause != null) {
            details.put("cause", cause);
        }
        return details;
    }

    /** {@code $states.context} without what belongs to the state. */
    ObjectNode context() {
        ExecutionDescription now = description;
        ObjectNode context = Json.NODES.objectNode();
        ObjectNode execution = context.putObject("Execution");
        execution.put("Id", arn());
        execution.set("Input", input);
        execution.put("Name", origin.name());
        execution.put("RoleArn", role());
        execution.put("StartTime", startText);
        execution.put("RedriveCount", now.redriveCount());
        if (now.redriveDate() != null) {
            execution.put("RedriveTime", Times.text(now.redriveDate()));
        }
        ObjectNode machine = context.putObject("StateMachine");
        machine.put("Id", origin.stateMachineArn());
        machine.put("Name", origin.machine().name());
        return context;
    }

    private String role() {
        return origin.machine().roleArn();
    }

    /** Waits in real time; returns the description at the end of the wait. */
    ExecutionDescription await(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (closing) {
            while (isRunning()) {
                long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    break;
                }
                closing.wait(leftMillis);
            }
            return description;
        }
    }

    boolean isRunning() {
        return description.status() == ExecutionStatus.RUNNING;
    }

    boolean isChild() {
        return origin.parent() != null;
    }

    Execution root() {
        return isChild() ? origin.parent().root() : this;
    }

    Machinery machinery() {
        return machinery;
    }

    StateMachine machine() {
        return origin.machine();
    }

    String arn() {
        return origin.arn();
    }

    String stateMachineArn() {
        return origin.stateMachineArn();
    }

    JsonNode input() {
        return input;
    }

    Strand strand() {
        return strand;
    }

    History history() {
        return history;
    }

    long sequence() {
        return sequence;
    }

    ExecutionDescription description() {
        return description;
    }

    /** The walk through the execution's own states: its end is the end of the execution. */
    private final class WholeWalk implements Walk.End {
        @Override
        public void succeeded(Walk ended, JsonNode output) {
            close(ExecutionStatus.SUCCEEDED, output, null, null);
        }

        @Override
        public void failed(Walk ended, StatesError error) {
            fail(error);
        }
    }
}
