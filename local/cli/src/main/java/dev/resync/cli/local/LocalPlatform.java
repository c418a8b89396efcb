package dev.resync.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import dev.resync.engine.Engine;
import dev.resync.engine.EngineBuilder;
import dev.resync.engine.ExecutionAlreadyExists;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionDoesNotExist;
import dev.resync.engine.FunctionError;
import dev.resync.engine.Names;
import dev.resync.engine.RedriveStatus;
import dev.resync.engine.Scheduler;
import dev.resync.environment.Environment;
import dev.resync.error.ResyncException;
import dev.resync.pace.PassingTime;
import dev.resync.pace.SystemTime;
import dev.resync.plan.PlanSource;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.NextCommands;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.stage.Deadline;
import dev.resync.stage.StageContext;
import dev.resync.stage.Stages;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * All of Resync on one machine: the two state machines as they are deployed, the stages called in process with the same
 * JSON as Lambda gives them, and the rule that starts the restore when an execution stops.
 */
public final class LocalPlatform implements AutoCloseable {

    private static final String ACCOUNT = "local:000000000000";
    private static final String RESYNC_MACHINE = "arn:aws:states:" + ACCOUNT + ":stateMachine:resync";
    private static final String RESTORE_MACHINE = "arn:aws:states:" + ACCOUNT + ":stateMachine:resync-restore";
    /** Name of the error of an execution that was stopped on purpose. */
    public static final String STOPPED = "Resync.Stopped";

    private static final String FUNCTION = "arn:aws:lambda:" + ACCOUNT + ":function:";

    /** As long as on AWS, since the state machines give a call no more. */
    private static final Duration CALL_TIME = Duration.ofMinutes(15);

    private final PassingTime time = new SystemTime();
    private final StageContext context;
    private final Stages stages;
    private final Engine engine;
    private final ExecutionLeases leases;
    private final EventDelivery events;
    private final String environment;
    /** One at a time, so that nobody takes the lease of an execution that somebody else is just starting. */
    private final Object starting = new Object();

    private volatile boolean closing;

    /**
     * Starts the platform; nothing runs yet.
     *
     * @param client of the database; stays open
     * @param leases what other processes on the same database are told
     * @param plans where plans come from
     * @param environment profile of this environment
     * @param scheduler the time; closed with the platform
     * @param random source of tokens and nonces
     * @param nextCommands words the commands that receipts offer
     * @param hooks where others watch or get in the way
     */
    public LocalPlatform(
            MongoClient client,
            ExecutionLeases leases,
            PlanSource plans,
            Environment environment,
            Scheduler scheduler,
            RandomGenerator random,
            NextCommands nextCommands,
            PlatformHooks hooks) {
        this.leases = leases;
        this.events = hooks.events();
        this.environment = environment.name();
        LocalExecutions executions = new LocalExecutions(leases, this::startOnce);
        context = StageContext.of(
                new MongoStore(client),
                plans,
                environment,
                LocalArtifact.hash(),
                executions,
                hooks.clock().apply(new SchedulerClock(scheduler)),
                time,
                random,
                nextCommands,
                hooks.checkpoints());
        stages = new Stages(context);
        EngineBuilder builder = Engine.builder((arn, payload) -> call(arn, payload, hooks.calls()))
                .scheduler(scheduler)
                .concurrentCalls(environment.maxConcurrency() + 2)
                .onStatusChange(this::onStatusChange)
                .onTransition(hooks.transitions());
        engine = builder.build();
        executions.use(engine);
        engine.register(MachineFile.load("resync", RESYNC_MACHINE, FUNCTION));
        engine.register(MachineFile.load("restore", RESTORE_MACHINE, FUNCTION));
    }

    /**
     * Starts a resync, or resumes a run, as a console user would.
     *
     * @param name name of the execution; null for a new one
     * @param input the request
     * @return ARN of the execution
     */
    public String startResync(String name, JsonNode input) {
        return start(RESYNC_MACHINE, name, input);
    }

    /**
     * Starts a restore, or the closing of a run.
     *
     * @param name name of the execution; null for a new one
     * @param input the request
     * @return ARN of the execution
     */
    public String startRestore(String name, JsonNode input) {
        return start(RESTORE_MACHINE, name, input);
    }

    private void startOnce(String name, JsonNode input) {
        try {
            start(RESTORE_MACHINE, name, input);
        } catch (ExecutionAlreadyExists e) {
            // The same attempt was started before.
            return;
        }
    }

    private String start(String machine, String name, JsonNode input) {
        String given = name == null ? environment + "-" + UUID.randomUUID() : name;
        Names.requireExecutionName(given);
        String execution = machine.replace(":stateMachine:", ":execution:") + ":" + given;
        synchronized (starting) {
            // Whatever becomes of one that is known already: its lease tells of it, and is not to be written over.
            if (!isKnown(execution)) {
                // Before it starts: another process that finds its run must also find that somebody works on it.
                leases.hold(execution, input);
            }
            return engine.startExecution(machine, given, input);
        }
    }

    private boolean isKnown(String execution) {
        try {
            engine.describeExecution(execution);
            return true;
        } catch (ExecutionDoesNotExist e) {
            return false;
        }
    }

    /**
     * Lets an execution of this process that failed, timed out or was stopped go on where it ended.
     *
     * @param execution ARN
     * @return when it was redriven
     * @throws ExecutionDoesNotExist where this process's engine does not know it
     * @throws dev.resync.engine.ExecutionNotRedrivable where it is at work, has succeeded, or is a child of a map
     */
    public Instant redrive(String execution) {
        synchronized (starting) {
            ExecutionDescription ended = engine.describeExecution(execution);
            if (ended.redriveStatus() == RedriveStatus.REDRIVABLE) {
                leases.hold(execution, ended.input());
            }
            return engine.redriveExecution(execution);
        }
    }

    /**
     * Begins an execution of another process again, from its beginning: all that it had done answers at once. To be called
     * only by who holds its lease.
     *
     * @param execution ARN
     * @param input as it had then
     */
    public void startAgain(String execution, JsonNode input) {
        String machine = execution.substring(0, execution.lastIndexOf(':')).replace(":execution:", ":stateMachine:");
        engine.startExecution(machine, execution.substring(execution.lastIndexOf(':') + 1), input);
    }

    /** Stops an execution for good; where it is a restore that was asked for, its run is closed as well. */
    public void stop(String execution, String cause) {
        stop(execution, STOPPED, cause);
    }

    /**
     * Stops an execution for good; where it is a restore that was asked for, its run is closed as well. One that is closed
     * stays as it is.
     *
     * @param execution ARN, also of a child of a map
     * @param error name of the error; null for none
     * @param cause may be null
     * @return when it was closed
     * @throws ExecutionDoesNotExist where this process's engine does not know it
     */
    public Instant stop(String execution, String error, String cause) {
        Instant stopped = engine.stopExecution(execution, error, cause);
        boolean restore = execution.startsWith(RESTORE_MACHINE.replace(":stateMachine:", ":execution:") + ":");
        if (restore) {
            context.runs()
                    .findByExecution(execution)
                    .filter(run -> run.state() != RunState.CLOSED)
                    .ifPresent(run -> close(run, error, cause));
        }
        return stopped;
    }

    /** Starts the closing of a run that an error stopped, by its name and its message; both null where unknown. */
    public void close(Run run, String error, String cause) {
        ObjectNode input = ControlJson.mapper().createObjectNode().put("runId", run.id());
        if (error != null) {
            input.put("error", error).put("cause", cause == null ? "" : cause);
        }
        startRestore(null, input);
    }

    /** Waits until an execution is closed; returns it as it is then, still running if the time is up. */
    public ExecutionDescription await(String execution, Duration atMost) {
        return engine.awaitExecution(execution, atMost);
    }

    /** Returns the engine, to stop, redrive and look at executions. */
    public Engine engine() {
        return engine;
    }

    /** Returns the stages, to call one as Lambda would. */
    public Stages stages() {
        return stages;
    }

    /** Returns the control data and all else that the stages share. */
    public StageContext context() {
        return context;
    }

    /** Returns whether an execution is one of this engine, in whichever process, rather than of AWS. */
    public static boolean isLocal(String execution) {
        return execution.startsWith("arn:aws:states:" + ACCOUNT + ":");
    }

    /** Returns the ARN of the state machine that carries out a resync. */
    public String resyncMachine() {
        return RESYNC_MACHINE;
    }

    /** Returns the ARN of the state machine that closes and restores. */
    public String restoreMachine() {
        return RESTORE_MACHINE;
    }

    /** Stops the engine. Runs that have not ended are left to whoever reconciles them. */
    @Override
    public void close() {
        closing = true;
        engine.close();
    }

    private JsonNode call(String arn, JsonNode payload, FunctionCalls calls) throws FunctionError {
        String function = arn.substring(arn.lastIndexOf(':') + 1);
        try {
            return calls.around(function, payload, () -> stages.call(function, payload, Deadline.in(CALL_TIME, time)));
        } catch (ResyncException e) {
            throw new FunctionError(e.errorName(), e.getMessage());
        } catch (RuntimeException e) {
            throw new FunctionError(e.getClass().getName(), String.valueOf(e.getMessage()));
        }
    }

    /** The rule that is deployed beside the state machines: it matches the resync machine itself, not its maps' children. */
    private void onStatusChange(JsonNode event) {
        JsonNode detail = event.path("detail");
        ExecutionStatus status = ExecutionStatus.valueOf(detail.path("status").asText());
        if (!status.active()) {
            leases.release(detail.path("executionArn").asText(), status);
        }
        boolean stopped = EnumSet.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED)
                .contains(status);
        if (stopped && !closing && detail.path("stateMachineArn").asText().equals(RESYNC_MACHINE)) {
            events.deliver(event, this::closeStopped);
        }
    }

    private void closeStopped(JsonNode event) {
        try {
            startRestore(null, event);
        } catch (IllegalStateException engineClosed) {
            // The platform was closed at this moment; reconcile finds a run that is still open.
            if (!closing) {
                throw engineClosed;
            }
        }
    }
}
