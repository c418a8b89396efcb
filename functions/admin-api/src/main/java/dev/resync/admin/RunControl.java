package dev.resync.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.admin.ExecutionControl.Machine;
import dev.resync.admin.ExecutionControl.Started;
import dev.resync.admission.IdempotencyKeys;
import dev.resync.admission.IdempotencyKeys.Reserved;
import dev.resync.admission.Request;
import dev.resync.admission.RequestReader;
import dev.resync.admission.RequestTickets;
import dev.resync.approval.Approval;
import dev.resync.approval.Approvals;
import dev.resync.environment.StartWay;
import dev.resync.error.ExecutionsUnavailable;
import dev.resync.error.ResumeRefused;
import dev.resync.error.RunClosed;
import dev.resync.pace.PaceControl;
import dev.resync.pace.Throttle;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.run.AuditTrail.Outcome;
import dev.resync.run.ExecutionName;
import dev.resync.run.Run;
import dev.resync.run.RunId;
import dev.resync.run.RunState;
import dev.resync.run.RunUpdate;
import dev.resync.stage.StageContext;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonDocument;

/** What a caller may have done to runs, checked and put on record before anything is asked of the service. */
public final class RunControl {

    private static final System.Logger LOG = System.getLogger(RunControl.class.getName());

    private final StageContext context;
    private final ExecutionControl executions;
    private final RequestTickets tickets;
    private final IdempotencyKeys idempotencyKeys;

    public RunControl(StageContext context, ExecutionControl executions) {
        this.context = context;
        this.executions = executions;
        this.tickets = new RequestTickets(context);
        this.idempotencyKeys = new IdempotencyKeys(context);
    }

    /**
     * A run that was asked for. It is admitted, or refused, by its execution.
     *
     * @param runId id that it has once it is admitted
     * @param execution ARN of its execution
     */
    public record Asking(String runId, String execution) {}

    /**
     * Starts a run, or a restore; the same request under the same idempotency key gives the run that there is.
     *
     * @param request as {@code statemachine/request.schema.json} says, without {@code via} and {@code ticket}; who asks is
     *     the caller unless it says otherwise
     * @throws dev.resync.error.RequestInvalid where its shape is wrong
     * @throws dev.resync.error.EnvironmentMismatch where it is meant for another environment
     */
    public Asking start(ObjectNode request, Caller caller) {
        ObjectNode whole = request.deepCopy();
        if (!whole.hasNonNull("requestedBy")) {
            whole.put("requestedBy", caller.name());
        }
        whole.put("via", StartWay.API.label());
        Asked asked = new Asked(
                whole.path("requestedBy").asText(),
                caller.name(),
                StartWay.API.label(),
                null,
                "start " + whole.path("mode").asText() + " in "
                        + whole.path("environment").asText(),
                whole.path("reason").asText());
        return context.audit()
                .decided(
                        () -> asked,
                        null,
                        () -> started(whole, caller, asked),
                        asking -> new Outcome("ASKED", asking.runId(), "execution " + asking.execution()));
    }

    private Asking started(ObjectNode whole, Caller caller, Asked asked) {
        // Wrong shapes are told at once, and not by an execution that fails. The ticket is only a place holder.
        Request request = RequestReader.read(whole.deepCopy().put(RequestTickets.FIELD, "none"));
        context.environment().requireMeant(request.environment());
        Optional<Run> before = idempotencyKeys.find(request);
        if (before.isPresent()) {
            return new Asking(before.get().id(), before.get().execution());
        }
        String plan = plan(whole);
        Machine machine = whole.hasNonNull("snapshot") ? Machine.RESTORE : Machine.RESYNC;
        Supplier<Reserved> made =
                () -> new Reserved(newName(plan == null ? "restore" : plan), tickets.issue(whole, caller.name()));
        // Before anything is started: this function may die before it hears whether it was.
        context.audit().add(asked, "STARTING", null, "its run and execution stand in the record ASKED that follows");
        Started started = request.idempotencyKey() == null
                ? started(machine, made.get()).orElseThrow()
                : startedOnce(machine, request, whole, caller, made);
        String id = whole.hasNonNull("resume")
                ? whole.path("resume").asText()
                : RunId.of(context.environment().name(), plan, started.startedAt(), started.arn())
                        .id();
        return new Asking(id, started.arn());
    }

    /** Asked again before it is admitted, gives the execution that there is; one that was refused leaves the key to another. */
    private Started startedOnce(
            Machine machine, Request request, ObjectNode whole, Caller caller, Supplier<Reserved> made) {
        Reserved reserved = idempotencyKeys.reserve(request, whole, caller.name(), made);
        return started(machine, reserved).orElseGet(() -> {
            Reserved other = made.get();
            idempotencyKeys.reserveAgain(request, whole, caller.name(), other);
            return started(machine, other).orElseThrow();
        });
    }

    private Optional<Started> started(Machine machine, Reserved reserved) {
        return executions.start(machine, reserved.name(), reserved.input());
    }

    private String plan(ObjectNode request) {
        if (request.hasNonNull("resume")) {
            return context.runs().require(request.path("resume").asText()).plan();
        }
        return request.hasNonNull("snapshot")
                ? context.snapshots().require(request.path("snapshot").asText()).plan()
                // A plan that there is, before anything is started.
                : context.plans().load(request.path("plan").asText()).name();
    }

    /**
     * Stops a run: its execution ends, and the restore state machine closes it.
     *
     * @param environment name of the environment that the caller means
     * @param reason why
     * @return the run as it was before
     * @throws RunClosed where it has ended
     */
    public Run stop(String runId, String environment, String reason, Caller caller) {
        return context.audit()
                .decided(
                        asked("stop " + runId, reason, caller),
                        runId,
                        "STOPPED",
                        () -> stopped(runId, environment, reason, caller),
                        run -> "it was " + run.state());
    }

    private Run stopped(String runId, String environment, String reason, Caller caller) {
        Run run = context.runs().require(runId);
        run.requireIn(environment);
        if (run.state() == RunState.CLOSED) {
            throw new RunClosed("Run " + runId + " has ended " + run.ending()
                    + " already; nothing was changed. To go back, restore the snapshot that its receipt names.");
        }
        context.audit().add(asked("stop " + runId, reason, caller), "STOPPING", runId, "it is " + run.state());
        if (run.state() == RunState.SUSPENDED) {
            // Its execution has failed; nothing but the closing is left to be done.
            ObjectNode input =
                    JsonNodeFactory.instance.objectNode().put("runId", runId).put("stop", true);
            executions.start(Machine.RESTORE, newName("stop"), input).orElseThrow();
        } else {
            executions.stop(run.execution(), caller.name(), reason);
        }
        return run;
    }

    /**
     * Has the failed execution of a suspended run go on where it failed. Whoever asks has asked for the run, and cannot approve it.
     *
     * @return the run as it was before
     * @throws ResumeRefused where it is not suspended, or its time is over
     */
    public Run redrive(String runId, String environment, String reason, Caller caller) {
        return context.audit()
                .decided(
                        asked("redrive " + runId, reason, caller),
                        runId,
                        "REDRIVEN",
                        () -> redriven(runId, environment, reason, caller),
                        run -> "it was suspended until " + run.resumeUntil());
    }

    private Run redriven(String runId, String environment, String reason, Caller caller) {
        Run run = context.runs().require(runId);
        run.requireIn(environment);
        Instant now = context.clock().instant();
        if (run.state() != RunState.SUSPENDED || !now.isBefore(run.resumeUntil())) {
            throw new ResumeRefused("Run " + runId + " cannot go on: it is " + run.state()
                    + (run.resumeUntil() == null ? "" : ", and could be resumed until " + run.resumeUntil())
                    + ". Only a suspended run can, within its time. Nothing was changed.");
        }
        context.audit().add(asked("redrive " + runId, reason, caller), "REDRIVING", runId, "it is " + run.state());
        Approval resumer = new Approval(caller.name(), caller.name(), now);
        // First: whoever lets it go on must not approve it, whether or not this function lives to hear that it does.
        change(run, RunUpdate.push("resumers", resumer));
        try {
            executions.redrive(run.execution());
        } catch (ResumeRefused cannot) {
            change(run, RunUpdate.pull("resumers", resumer));
            throw cannot;
        }
        return run;
    }

    private void change(Run run, BsonDocument update) {
        context.runs().change(run.id(), run.epoch(), EnumSet.of(RunState.SUSPENDED), update);
    }

    /** Approves the cut-over of a run that waits for it, and wakes it where nobody else has to. */
    public Run approve(String runId, String environment, String reason, Caller caller) {
        Approvals approvals = new Approvals(context, environment);
        return wake(approvals, approvals.approve(runId, caller.name(), caller.name(), reason));
    }

    /** Refuses the cut-over of a run that waits for an approval. */
    public Run refuse(String runId, String environment, String reason, Caller caller) {
        Approvals approvals = new Approvals(context, environment);
        return wake(approvals, approvals.refuse(runId, caller.name(), caller.name(), reason));
    }

    private Run wake(Approvals approvals, Run run) {
        if (approvals.answered(run)) {
            Optional.ofNullable(run.approvalToken()).ifPresent(executions::wake);
        }
        return run;
    }

    /** Holds a run. */
    public Run hold(String runId, String environment, String reason, Caller caller) {
        return pace(environment).hold(runId, asked(null, reason, caller));
    }

    /** Lets a run that is held go on. */
    public Run release(String runId, String environment, String reason, Caller caller) {
        return pace(environment).release(runId, asked(null, reason, caller));
    }

    /** Limits the pace of a run. */
    public Run throttle(String runId, String environment, Throttle throttle, String reason, Caller caller) {
        Run run = pace(environment).throttle(runId, throttle, asked(null, reason, caller));
        if (throttle.concurrency() != null) {
            try {
                executions.limitConcurrency(
                        run.execution(), run.pace().chunksAtOnce(run.concurrency(), run.documentsOfChunk()));
            } catch (ExecutionsUnavailable unanswered) {
                // The functions keep the limit that is on record now, whether or not the service hears of it.
                LOG.log(Level.WARNING, "Step Functions was not told of the limit of run {0}: {1}", runId, unanswered);
            }
        }
        return run;
    }

    private PaceControl pace(String environment) {
        return new PaceControl(context.runs(), context.audit(), context.clock(), environment);
    }

    /**
     * Returns what goes on record of what a caller asks for.
     *
     * @param what they ask for; null where whoever puts it on record says
     * @param reason why; null where they give none
     */
    static Asked asked(String what, String reason, Caller caller) {
        return new Asked(caller.name(), caller.name(), StartWay.API.label(), null, what, reason);
    }

    private String newName(String what) {
        return ExecutionName.of(
                context.environment().name(), what, context.clock().instant(), context.random());
    }
}
