package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Runs state machines as AWS Step Functions does, on this machine and in memory.
 *
 * <p>All methods may be called from any thread, also from functions and listeners. What the engine knows ends with
 * the process.
 */
public final class Engine implements AutoCloseable {
    private static final String CLOSED = "the engine was closed";

    private final Map<String, RegisteredMachine> machines = new ConcurrentHashMap<>();
    private final Machinery machinery;
    private final EngineThreads threads;
    private volatile boolean closed;

    Engine(EngineBuilder builder) {
        threads = new EngineThreads(builder.interpreterThreads, builder.concurrentCalls, builder.closingTime);
        Scheduler scheduler = builder.scheduler;
        machinery = new Machinery(
                scheduler,
                threads.steps(),
                threads.calls(),
                builder.invoker,
                builder.ids,
                builder.random,
                new Library(() -> scheduler.now().toEpochMilli(), builder.random, builder.ids),
                new StatusEvents(List.copyOf(builder.events), threads.events(), scheduler, builder.ids),
                List.copyOf(builder.transitions),
                new Executions(builder.mostExecutions),
                new TaskTokens(),
                builder.mostChildren,
                builder.longestHistory);
    }

    /**
     * Begins to build an engine.
     *
     * @param invoker how to call functions; not null
     * @return a builder with real time and real chance
     */
    public static EngineBuilder builder(LambdaInvoker invoker) {
        return new EngineBuilder(invoker);
    }

    /**
     * Makes a state machine known. One with the same ARN is replaced; its executions go on with the old definition,
     * also when redriven.
     *
     * @param machine not null
     */
    public void register(StateMachine machine) {
        RegisteredMachine now =
                new RegisteredMachine(machine, machinery.scheduler().now());
        machines.merge(machine.arn(), now, (before, after) -> new RegisteredMachine(machine, before.since()));
    }

    /**
     * The machines that are registered.
     *
     * @return by ARN
     */
    public List<RegisteredMachine> listStateMachines() {
        return machines.values().stream()
                .sorted(Comparator.comparing(known -> known.machine().arn()))
                .toList();
    }

    /**
     * Starts an execution. Starting one that runs already under that name with the same input has no effect.
     *
     * @param stateMachineArn of a registered machine
     * @param name 1 to 80 characters without white space, unique for the machine for good; null for a new id
     * @param input at most 256 KiB as UTF-8; null for an empty object; not to be changed afterwards
     * @return the ARN of the execution
     * @throws StateMachineDoesNotExist if the machine is not registered
     * @throws ExecutionAlreadyExists if the name is taken by an execution that is closed or has another input
     * @throws IllegalArgumentException if the name or the size of the input is not allowed
     * @throws IllegalStateException if the engine is closed
     */
    public String startExecution(String stateMachineArn, String name, JsonNode input) {
        requireOpen();
        RegisteredMachine registered = machines.get(stateMachineArn);
        if (registered == null) {
            throw new StateMachineDoesNotExist("no state machine " + stateMachineArn);
        }
        StateMachine machine = registered.machine();
        String executionName = name == null ? machinery.ids().get() : name;
        Names.requireExecutionName(executionName);
        JsonNode given = input == null ? Json.NODES.objectNode() : input;
        if (Json.isLargerThan(given, Limits.PAYLOAD_BYTES)) {
            throw new IllegalArgumentException("the input is larger than " + Limits.PAYLOAD_BYTES + " bytes");
        }
        Execution.Origin origin = new Execution.Origin(
                machine,
                machine.arn(),
                machine.machineArn().execution(executionName),
                executionName,
                machine.scope(),
                null,
                null,
                null);
        Execution execution =
                new Execution(machinery, origin, given, machinery.executions().nextSequence());
        return execution.strand().inTurn(() -> begin(execution));
    }

    private String begin(Execution execution) {
        Execution known = machinery.executions().addRoot(execution);
        if (known == null) {
            execution.begin();
            if (closed) {
                execution.stop(null, CLOSED); // close() may have missed it
            }
        } else if (!known.isRunning() || !Json.text(known.input()).equals(Json.text(execution.input()))) {
            throw new ExecutionAlreadyExists(execution.arn() + " exists already");
        }
        return execution.arn();
    }

    /**
     * Stops an execution and its map children: they are ABORTED when this returns. Functions under way go on, and
     * their answers are dropped. An execution that is closed stays as it is.
     *
     * @param executionArn the execution, or a child of a map
     * @param error for the description; may be null
     * @param cause for the description; may be null
     * @return when the execution was closed
     * @throws ExecutionDoesNotExist if it is unknown
     */
    public Instant stopExecution(String executionArn, String error, String cause) {
        Execution execution = find(executionArn);
        return execution.strand().inTurn(() -> {
            execution.stop(error, cause);
            return execution.description().stopDate();
        });
    }

    /**
     * Lets a failed, timed out or aborted execution go on at the state where it ended, with that state's input and
     * the variables as they were. Successful iterations and branches keep their results. Retry counts and time
     * limits begin anew.
     *
     * @param executionArn the execution
     * @return when it was redriven
     * @throws ExecutionDoesNotExist if it is unknown
     * @throws ExecutionNotRedrivable if it is running, has succeeded, or is a child of a map
     * @throws IllegalStateException if the engine is closed
     */
    public Instant redriveExecution(String executionArn) {
        requireOpen();
        Execution execution = find(executionArn);
        return execution.strand().inTurn(() -> {
            execution.redrive();
            return execution.description().redriveDate();
        });
    }

    /**
     * The execution as it is now.
     *
     * @param executionArn the execution, or a child of a map
     * @return not null
     * @throws ExecutionDoesNotExist if it is unknown
     */
    public ExecutionDescription describeExecution(String executionArn) {
        return find(executionArn).description();
    }

    /**
     * The executions of a machine, or of a map's children.
     *
     * @param stateMachineArn a machine's ARN, or one with {@code /<label>} at its end
     * @return the newest first; empty if there are none
     */
    public List<ExecutionDescription> listExecutions(String stateMachineArn) {
        return machinery.executions().ofMachine(stateMachineArn).stream()
                .map(Execution::description)
                .toList();
    }

    /**
     * The children of a map run.
     *
     * @param mapRunArn such as {@code arn:aws:states:<region>:<account>:mapRun:<machine>/<label>:<id>}
     * @return the newest first; empty if there are none
     * @throws MapRunDoesNotExist if it is unknown
     */
    public List<ExecutionDescription> listMapRunExecutions(String mapRunArn) {
        findMapRun(mapRunArn);
        return machinery.executions().ofMapRun(mapRunArn).stream()
                .map(Execution::description)
                .toList();
    }

    /**
     * The map runs of an execution: one for each attempt of each of its distributed maps.
     *
     * @param executionArn the execution, or a child of a map
     * @return the newest first; empty if there are none
     * @throws ExecutionDoesNotExist if it is unknown
     */
    public List<MapRunDescription> listMapRuns(String executionArn) {
        Execution execution = find(executionArn);
        return execution.strand().inTurn(() -> machinery.executions().mapRunsOf(execution).stream()
                .sorted(Comparator.comparing(MapRunRecord::sequence).reversed())
                .map(MapRunRecord::description)
                .toList());
    }

    /**
     * A map run as it is now.
     *
     * @param mapRunArn see {@link #listMapRunExecutions}
     * @return not null
     * @throws MapRunDoesNotExist if it is unknown
     */
    public MapRunDescription describeMapRun(String mapRunArn) {
        MapRunRecord mapRun = findMapRun(mapRunArn);
        return mapRun.execution().strand().inTurn(mapRun::description);
    }

    /**
     * Changes a map run that is under way, from now on: with a higher concurrency further children begin at once, with a lower
     * one none begins until fewer are left; fewer tolerated failures than there were already end it.
     *
     * @param mapRunArn see {@link #listMapRunExecutions}
     * @param change what to make of its settings; called once
     * @throws MapRunDoesNotExist if it is unknown
     * @throws MapRunClosed if it has ended
     */
    public void updateMapRun(String mapRunArn, UnaryOperator<MapRunDescription.Settings> change) {
        MapRunRecord mapRun = findMapRun(mapRunArn);
        Execution execution = mapRun.execution();
        execution.strand().inTurn(() -> {
            DistributedMapRun running = mapRun.running();
            if (running == null) {
                throw new MapRunClosed(mapRunArn + " is " + mapRun.description().status());
            }
            MapRunDescription.Settings changed = change.apply(running.settings());
            execution.step(() -> running.change(changed));
            return changed;
        });
    }

    /**
     * What has happened so far.
     *
     * @param executionArn the execution, or a child of a map
     * @return the events from the first on
     * @throws ExecutionDoesNotExist if it is unknown
     */
    public List<HistoryEvent> getExecutionHistory(String executionArn) {
        return find(executionArn).history().copy();
    }

    /**
     * Reports the result of a task that waits for its token.
     *
     * @param taskToken as given to the function
     * @param output the task's result; null stands for JSON null
     * @throws TaskDoesNotExist if no task waits for it; {@link TaskTimedOut} if one did
     */
    public void sendTaskSuccess(String taskToken, JsonNode output) {
        JsonNode result = output == null ? Json.NODES.nullNode() : output;
        report(taskToken, (task, token) -> task.report(token, result, null));
    }

    /**
     * Reports that a task that waits for its token has failed.
     *
     * @param taskToken as given to the function
     * @param error what ErrorEquals is compared with; null for States.TaskFailed
     * @param cause may be null
     * @throws TaskDoesNotExist if no task waits for it; {@link TaskTimedOut} if one did
     */
    public void sendTaskFailure(String taskToken, String error, String cause) {
        StatesError failure = new StatesError(error == null ? StatesError.TASK_FAILED : error, cause);
        report(taskToken, (task, token) -> task.report(token, null, failure));
    }

    /**
     * Makes the HeartbeatSeconds of a waiting task begin anew.
     *
     * @param taskToken as given to the function
     * @throws TaskDoesNotExist if no task waits for it; {@link TaskTimedOut} if one did
     */
    public void sendTaskHeartbeat(String taskToken) {
        report(taskToken, TaskRun::heartbeat);
    }

    private void report(String token, BiPredicate<TaskRun, String> report) {
        TaskRun task = machinery.tokens().find(token);
        boolean taken = task != null && task.walk().execution().strand().inTurn(() -> report.test(task, token));
        if (!taken) {
            throw machinery.tokens().unknown(token);
        }
    }

    /**
     * Waits until an execution is closed.
     *
     * @param executionArn the execution, or a child of a map
     * @param atMost how long to wait, in real time
     * @return the execution when it was closed, or still running if the time was up or the thread was interrupted
     * @throws ExecutionDoesNotExist if it is unknown
     */
    public ExecutionDescription awaitExecution(String executionArn, Duration atMost) {
        Execution execution = find(executionArn);
        try {
            return execution.await(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return execution.description();
        }
    }

    /**
     * Stops all executions, delivers the events of that, and ends the engine's threads and its scheduler. Functions
     * under way are never interrupted: this waits for them up to the closing time of the builder, and leaves what
     * runs longer to its daemon thread. Closing twice has no effect.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        machinery.executions().roots().forEach(root -> root.strand().inTurn(() -> root.stop(null, CLOSED)));
        machinery.scheduler().close();
        threads.close();
    }

    private Execution find(String arn) {
        Execution execution = machinery.executions().find(arn);
        if (execution == null) {
            throw new ExecutionDoesNotExist("no execution " + arn);
        }
        return execution;
    }

    private MapRunRecord findMapRun(String arn) {
        MapRunRecord mapRun = machinery.executions().findMapRun(arn);
        if (mapRun == null) {
            throw new MapRunDoesNotExist("no map run " + arn);
        }
        return mapRun;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
    }
}
