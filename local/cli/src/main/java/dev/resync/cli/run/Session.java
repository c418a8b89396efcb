package dev.resync.cli.run;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import dev.resync.approval.Approvals;
import dev.resync.cli.banner.Guarded;
import dev.resync.cli.exit.ExecutionRefused;
import dev.resync.cli.exit.RunLeftOpen;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.local.StoredLeases;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.output.Output;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.progress.ProgressStyle;
import dev.resync.cli.progress.RunSteps;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.RealTime;
import dev.resync.engine.TaskDoesNotExist;
import dev.resync.environment.Environment;
import dev.resync.environment.StartWay;
import dev.resync.error.ConfirmationInvalid;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.plan.PlanSource;
import dev.resync.run.AuditTrail;
import dev.resync.run.ExecutionName;
import dev.resync.run.Run;
import dev.resync.run.RunError;
import dev.resync.run.RunState;
import dev.resync.stage.OwnDatabase;
import dev.resync.stage.StageContext;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One command at work on a database: the platform, its leases, and the progress that is shown. An interrupt of the process
 * stops the execution that is being followed, and the process ends only when its run is closed.
 */
public final class Session implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(200);
    /** How long a stopped run may be without anyone who closes it before it is left to reconcile. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<RunState> ENDED = Set.of(RunState.CLOSED, RunState.NEEDS_OPERATOR);
    private static final Set<RunState> AT_REST = Set.of(RunState.CLOSED, RunState.NEEDS_OPERATOR, RunState.SUSPENDED);

    private final MongoClient client;
    private final StoredLeases leases;
    private final LocalPlatform platform;
    private final RunSteps steps = new RunSteps(Clock.systemUTC());
    private final Progress progress;
    private final Interrupt interrupt;
    /** Token of the waiting task that was answered last; null before. */
    private String woken;

    /**
     * @param client closed with the session
     * @param environment profile to work in
     * @param plans where plans come from
     * @param shown how commands that receipts offer name plan, database and environment
     * @param progress shown while a run is followed; closed with the session
     * @param hooks where others watch the platform or get in its way; its own listener of transitions is the session's
     */
    public Session(
            MongoClient client,
            Environment environment,
            PlanSource plans,
            Shown shown,
            Progress progress,
            PlatformHooks hooks) {
        this.client = client;
        this.progress = progress;
        leases = new StoredLeases(new MongoStore(client), shown.plan());
        platform = new LocalPlatform(
                client,
                leases,
                plans,
                environment,
                new RealTime(),
                new SecureRandom(),
                new ShownCommands(shown, run -> leases.planOf(run.startedBy())),
                hooks.withTransitions(steps));
        interrupt = new Interrupt(execution -> platform.stop(execution, "The process was interrupted."));
        leases.begin(execution -> platform.stop(execution, "A stop was asked for."));
    }

    /**
     * Opens the session of a command.
     *
     * @param database where it works; must answer
     * @param environment profile to work in
     * @param plans where plans come from
     * @param plan file of the plan as typed; null where the command needs none
     * @param shownEnvironment the options that name the environment, and sizes, for commands that receipts offer
     * @param output whether progress is shown as JSON
     * @throws DatabaseUnavailable where the database does not answer
     */
    static Session open(
            DatabaseOptions database,
            Environment environment,
            PlanSource plans,
            Path plan,
            String shownEnvironment,
            Output output) {
        String planFile =
                plan == null ? null : plan.toAbsolutePath().normalize().toString();
        return new Session(
                database.open(),
                environment,
                plans,
                new Shown(planFile, database.shown(), shownEnvironment),
                ProgressStyle.of(environment, output.json()),
                PlatformHooks.NONE);
    }

    /**
     * Shows the environment, once the database does not say that it belongs to another one.
     *
     * @throws dev.resync.error.DatabaseForeign where it does
     */
    void show(Output output) {
        requireOwnDatabase();
        Guarded.show(context().environment(), output);
    }

    /**
     * The same, and where a person sits at the terminal has them type its name.
     *
     * @param what what is about to happen, as the end of "About to …"
     * @throws dev.resync.error.ConfirmationInvalid where they type something else
     */
    void confirm(String what, Output output) {
        requireOwnDatabase();
        try {
            Guarded.confirm(context().environment(), what, output);
        } catch (ConfirmationInvalid another) {
            AuditTrail.Asked asked = new AuditTrail.Asked(null, null, StartWay.COMMAND_LINE.label(), null, what, null);
            context().audit().add(asked, "REFUSED", null, another.errorName() + ": " + another.getMessage());
            throw another;
        }
    }

    /**
     * Returns the run that a person means to change, and puts on record that they ask for it, or were refused.
     *
     * @param what what they ask for, such as {@code stop}
     * @param who as given
     * @param why as given; null where nobody asks for a reason
     * @param local whether it must be one that the command line drives
     */
    Run asked(String what, String runId, String who, String why, boolean local) {
        AuditTrail.Asked asked =
                new AuditTrail.Asked(who, null, StartWay.COMMAND_LINE.label(), null, what + " " + runId, why);
        return context().audit().decided(asked, runId, "ASKED", () -> own(runId, local), run -> "it is " + run.state());
    }

    private Run own(String runId, boolean local) {
        Run run = context().runs().require(runId);
        run.requireIn(context().environment().name());
        if (local) {
            OwnRuns.requireLocal(run);
        }
        return run;
    }

    /** Makes sure that the database does not say that it belongs to another environment. */
    void requireOwnDatabase() {
        new OwnDatabase(context()).require();
    }

    /**
     * Returns a new name for an execution of this environment.
     *
     * @param what name of a plan, or another word
     */
    String newName(String what) {
        return ExecutionName.of(
                context().environment().name(),
                what,
                context().clock().instant(),
                context().random());
    }

    /** Returns the platform, to start executions. */
    public LocalPlatform platform() {
        return platform;
    }

    /** Returns the control data. */
    public StageContext context() {
        return platform.context();
    }

    /** Returns the leases that this and other processes hold. */
    StoredLeases leases() {
        return leases;
    }

    /**
     * Shows the progress of an execution until its run has ended or waits for a person.
     *
     * @param execution ARN
     * @return how it ended
     * @throws RunLeftOpen where the database stopped answering
     * @throws ExecutionRefused where it failed before there was a run
     */
    public Followed follow(String execution) {
        interrupt.follow(execution);
        try {
            return followed(execution);
        } catch (MongoException | DatabaseUnavailable e) {
            throw new RunLeftOpen("The database stopped answering while execution " + execution
                    + " was at work, so its run may be open: run `reconcile` once the database answers. ("
                    + e.getMessage() + ")");
        }
    }

    private Followed followed(String execution) {
        ExecutionDescription description = platform.await(execution, TICK);
        while (description.status() == ExecutionStatus.RUNNING) {
            show(execution);
            description = platform.await(execution, TICK);
        }
        Optional<Run> run = context().runs().findByExecution(execution);
        if (run.isEmpty() && description.status() != ExecutionStatus.SUCCEEDED) {
            throw new ExecutionRefused(RunError.of(
                    description.error() == null ? "Execution." + description.status() : description.error(),
                    description.cause()));
        }
        if (run.isPresent()
                && !AT_REST.contains(run.get().state())
                && run.get().mode().fromSnapshot()) {
            // No event closes a restore that failed by itself.
            platform.close(run.get(), description.error(), description.cause());
        }
        return new Followed(
                description, run.map(ended -> awaitState(ended, AT_REST)).orElse(null));
    }

    /** Waits for the end of a run that is being closed by this process. */
    Run closed(Run run) {
        return awaitState(run, ENDED);
    }

    private Run awaitState(Run run, Set<RunState> wanted) {
        Run now = run;
        long idleSince = System.nanoTime();
        while (!wanted.contains(now.state())) {
            progress.show(steps.of(context(), now));
            Optional<String> closing = closingExecution();
            if (closing.isPresent()) {
                platform.await(closing.get(), TICK);
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince > PATIENCE.toNanos()) {
                return now;
            } else {
                pause();
            }
            now = context().runs().require(now.id());
        }
        return now;
    }

    /** Waits a moment between two looks. */
    void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for another process", e);
        }
    }

    /** Waits a while for another process to close a run whose execution it has stopped. */
    Run awaitClosing(Run run) {
        Run now = run;
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!ENDED.contains(now.state()) && System.nanoTime() < until) {
            pause();
            now = context().runs().require(run.id());
        }
        return now;
    }

    /** Starts the closing of a run. */
    void close(Run run) {
        platform.close(run, null, null);
    }

    /** Shows where the run of an execution stands, if there is one yet, and wakes it where it waited and has its answer. */
    void show(String execution) {
        context().runs().findByExecution(execution).ifPresent(run -> {
            progress.show(steps.of(context(), run));
            wake(run);
        });
    }

    /** Whoever approves or refuses a run may be another process: this one has the execution that waits. */
    private void wake(Run run) {
        boolean waits = run.approvalToken() != null && !run.approvalToken().equals(woken);
        if (waits && new Approvals(context()).answered(run)) {
            woken = run.approvalToken();
            try {
                platform.engine().sendTaskSuccess(woken, ControlJson.mapper().createObjectNode());
            } catch (TaskDoesNotExist gone) {
                say("the task that waited for the answer is over; the run goes on, or ends, by itself");
            }
        }
    }

    /** Says something in the progress. */
    public void say(String line) {
        progress.say(line);
    }

    private Optional<String> closingExecution() {
        return platform.engine().listExecutions(platform.restoreMachine()).stream()
                .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
                .map(ExecutionDescription::executionArn)
                .findFirst();
    }

    @Override
    public void close() {
        progress.close();
        platform.close();
        leases.close();
        client.close();
        interrupt.close();
    }
}
