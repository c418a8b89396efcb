package dev.resync.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.approval.Approval;
import dev.resync.approval.Approvals;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunControls;
import dev.resync.cli.local.StoredLeases;
import dev.resync.cli.option.RequesterOptions.Who;
import dev.resync.cli.output.Output;
import dev.resync.environment.StartWay;
import dev.resync.error.ExecutionLost;
import dev.resync.error.ResumeRefused;
import dev.resync.pace.PaceControl;
import dev.resync.pace.Throttle;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.run.RunSummary;
import dev.resync.run.RunUpdate;
import dev.resync.status.RunStatus.Gates;
import dev.resync.verify.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;

/** Controls runs on the database itself: executions are of this process, or of others on this machine. */
final class DatabaseControls implements RunControls {

    private final Session session;

    /** @param session closed with this */
    DatabaseControls(Session session) {
        this.session = session;
    }

    @Override
    public void show(Output output) {
        session.show(output);
    }

    @Override
    public void confirm(String what, Output output) {
        session.confirm(what, output);
    }

    @Override
    public String planName(Path plan) {
        return RunCommand.planFile(plan).read().name();
    }

    @Override
    public Outcome goOn(ObjectNode request, Who who) {
        asked("resume", request.path("resume").asText(), who);
        return start(request, "resume");
    }

    @Override
    public Outcome start(ObjectNode request, String what) {
        String name = session.newName(what);
        return followed(
                request.has("snapshot")
                        ? session.platform().startRestore(name, request)
                        : session.platform().startResync(name, request));
    }

    private Outcome followed(String execution) {
        Run run = session.follow(execution).run();
        if (run == null) {
            throw new IllegalStateException("execution " + execution + " was asked for a run and made a preview");
        }
        Outcome outcome = Outcome.of(run);
        if (!EnumSet.of(RunState.CLOSED, RunState.SUSPENDED, RunState.NEEDS_OPERATOR)
                .contains(run.state())) {
            session.say("The run could not be closed. Run `resync reconcile` once the database answers.");
        }
        return outcome;
    }

    /** The local engine forgets with its process, so a redrive plays the execution again; finished work answers at once. */
    @Override
    public Outcome redrive(String runId, Who who) {
        Run run = asked("resume", runId, who);
        if (run.mode().fromSnapshot()
                || !EnumSet.of(RunState.OPEN, RunState.SUSPENDED, RunState.RESUMING)
                        .contains(run.state())) {
            throw new ResumeRefused("Run " + run.id() + " cannot be resumed: it is a " + run.mode() + " in state "
                    + run.state() + (run.ending() == null ? "" : " and ended " + run.ending())
                    + ". Only an open, suspended or resuming resync can.");
        }
        StoredLeases leases = session.leases();
        JsonNode input = leases.input(run.execution())
                .orElseThrow(() -> new ExecutionLost("The execution of run " + run.id()
                        + " was not started by this command line. Redrive it where it was started, or stop the run."));
        if (!leases.takeOver(run.execution())) {
            throw new ExecutionLost("The execution of run " + run.id()
                    + " is at work in another process. Wait for it, or stop the run.");
        }
        Instant now = session.context().clock().instant();
        // Whoever lets it go on has asked for it, and cannot approve it.
        session.context()
                .runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(run.state()),
                        RunUpdate.push("resumers", new Approval(who.requestedBy(), null, now)));
        session.platform().startAgain(run.execution(), input);
        return followed(run.execution());
    }

    @Override
    public Outcome stop(String runId, Who who) {
        return Outcome.of(new Stop(session).of(asked("stop", runId, who)));
    }

    private Run asked(String what, String runId, Who who) {
        return session.asked(what, runId, who.requestedBy(), who.reason(), true);
    }

    @Override
    public RunSummary hold(String runId, Who who) {
        return RunSummary.of(pace().hold(runId, asked(who)));
    }

    @Override
    public RunSummary release(String runId, Who who) {
        return RunSummary.of(pace().release(runId, asked(who)));
    }

    @Override
    public RunSummary throttle(String runId, Throttle throttle, Who who) {
        return RunSummary.of(pace().throttle(runId, throttle, asked(who)));
    }

    private PaceControl pace() {
        return new PaceControl(
                session.context().runs(),
                session.context().audit(),
                session.context().clock(),
                session.context().environment().name());
    }

    private static Asked asked(Who who) {
        return new Asked(who.requestedBy(), null, StartWay.COMMAND_LINE.label(), null, null, who.reason());
    }

    @Override
    public Verified verified(String verb, String runId, Who who) {
        session.requireOwnDatabase();
        Run run = asked(verb, runId, who);
        Verdict verdict = run.verdict();
        return new Verified(
                RunSummary.of(run),
                verdict == null ? null : new Gates(verdict.at(), verdict.passed(), verdict.gates(), verdict.targets()));
    }

    @Override
    public RunSummary approve(String runId, Who who) {
        return RunSummary.of(new Approvals(session.context()).approve(runId, who.requestedBy(), null, who.reason()));
    }

    @Override
    public RunSummary refuse(String runId, Who who) {
        return RunSummary.of(new Approvals(session.context()).refuse(runId, who.requestedBy(), null, who.reason()));
    }

    @Override
    public void say(String line) {
        session.say(line);
    }

    @Override
    public void close() {
        session.close();
    }
}
