package dev.resync.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.close.Closing;
import dev.resync.environment.DatabaseRegister;
import dev.resync.environment.StartWay;
import dev.resync.error.ConfirmationInvalid;
import dev.resync.error.RequestInvalid;
import dev.resync.error.SnapshotDamaged;
import dev.resync.error.SnapshotUnknown;
import dev.resync.error.TargetLocked;
import dev.resync.metrics.Metrics;
import dev.resync.run.AuditTrail;
import dev.resync.run.Run;
import dev.resync.run.RunError;
import dev.resync.run.RunMode;
import dev.resync.run.RunState;
import dev.resync.run.RunStore;
import dev.resync.run.RunTarget;
import dev.resync.run.RunUpdate;
import dev.resync.snapshot.RemovalMarks;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The guard in front of everything: checks a request from metadata alone, then records the run, takes its locks and opens
 * it. A refusal raises an error with a name; an empty request is answered with a preview.
 */
public final class Admit implements Stage<Admit.Input, Admit.Answer> {

    private final StageContext context;
    private final RunDraft draft;
    private final Confirmations confirmations;
    private final Resume resume;
    private final StartRules startRules;
    private final DatabaseRegister register;
    private final RequestTickets tickets;
    private final IdempotencyKeys idempotencyKeys;
    private final Closing closing;
    private final RemovalMarks removalMarks;

    public Admit(StageContext context) {
        this.context = context;
        this.draft = new RunDraft(context);
        this.confirmations = new Confirmations(context);
        this.resume = new Resume(context);
        this.startRules = new StartRules(context.environment());
        this.register = new DatabaseRegister(context.store(), context.environment(), context.clock());
        this.tickets = new RequestTickets(context);
        this.idempotencyKeys = new IdempotencyKeys(context);
        // What is refused is no run that ended: only the audit trail hears of it.
        this.closing = new Closing(context.withMetrics(Metrics.NONE));
        this.removalMarks = new RemovalMarks(context.store());
    }

    /**
     * Input of this stage.
     *
     * @param accepts modes that the calling state machine can carry out
     * @param request input of the execution, as given; may be null or empty
     * @param execution ARN of the execution
     * @param startedAt when the execution started
     */
    public record Input(Set<RunMode> accepts, JsonNode request, String execution, Instant startedAt) {}

    /**
     * Answer of this stage.
     *
     * @param mode what the run is allowed to do; PREVIEW where there is none
     * @param runId id of the run; null for a preview
     * @param epoch the run's epoch; 0 for a preview
     * @param concurrency chunks at once; 0 for a preview
     * @param approval whether cut-over waits for another person's approval
     * @param resumed whether the run goes on from MAP
     * @param alreadyStarted whether another execution has this run, for the same request; this one has nothing to do
     * @param environment name of the environment
     * @param colour colour of the environment
     * @param preview what could be asked for; null unless the mode is PREVIEW
     */
    public record Answer(
            RunMode mode,
            String runId,
            long epoch,
            int concurrency,
            boolean approval,
            boolean resumed,
            boolean alreadyStarted,
            String environment,
            String colour,
            JsonNode preview) {}

    @Override
    public String name() {
        return "admit";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Answer run(Input input) {
        if (RequestReader.asksNothing(input.request())) {
            return preview(input.execution());
        }
        Asked asked = Asked.of(input);
        Run run = context.audit()
                .decided(
                        asked::onRecord,
                        resumed(input.request()),
                        () -> admit(input, asked),
                        admitted -> outcome(admitted, input));
        return answer(run, another(run, input));
    }

    /** Returns the id of the run that is to be resumed; null where there is none of this id. */
    private String resumed(JsonNode request) {
        String id = request.path("resume").asText("");
        return id.isBlank() ? null : context.runs().find(id).map(Run::id).orElse(null);
    }

    private static AuditTrail.Outcome outcome(Run run, Input input) {
        return new AuditTrail.Outcome(
                another(run, input) ? "ALREADY_STARTED" : "ADMITTED", run.id(), run.mode() + " is " + run.id());
    }

    /** Returns whether the run is one that another execution has for the same request. */
    private static boolean another(Run run, Input input) {
        return !run.execution().equals(input.execution());
    }

    private Run admit(Input input, Asked asked) {
        Request request = RequestReader.read(input.request());
        if (request.via() == StartWay.API) {
            // Whoever is refused from here on is on record as who they are; the ticket is theirs still.
            tickets.issuedTo(input.request()).ifPresent(asked::authenticate);
        }
        context.environment().requireMeant(request.environment());
        if (input.accepts() == null || !input.accepts().contains(request.mode())) {
            throw new RequestInvalid("mode is " + request.mode() + "; this state machine carries out " + input.accepts()
                    + ". Start the other one: a restore has a state machine of its own.");
        }
        if (request.via() == StartWay.API) {
            asked.authenticate(tickets.redeem(input.request(), input.execution()));
        }
        String key = IdempotencyKeys.keyOf(request);
        // Before the rules, which may have refused by now what was started when they allowed it.
        Optional<Run> started = key == null ? Optional.empty() : idempotencyKeys.find(key, request, input.execution());
        if (started.isPresent()) {
            return started.get();
        }
        RunMode mode = request.resume() == null
                ? request.mode()
                : context.runs().require(request.resume()).mode();
        // Now, and not when the execution started: it may be redriven days later.
        startRules.require(request, mode, asked.person(request), context.clock().instant());
        if (request.resume() != null) {
            return resume.fromMap(request, input.execution(), asked.authenticatedAs());
        }
        Run drafted = draft.of(request, input.execution(), input.startedAt(), asked.authenticatedAs());
        register.register();
        context.prepare();
        idempotencyKeys.prepare();
        context.checkpoints().reached("admit:drafted");
        Optional<Run> earlier =
                key == null ? Optional.empty() : idempotencyKeys.take(key, request, input.execution(), drafted.id());
        if (earlier.isPresent()) {
            return earlier.get();
        }
        context.checkpoints().reached("admit:keyed");
        Run run = context.runs().create(drafted);
        context.checkpoints().reached("admit:recorded");
        if (!input.execution().equals(run.execution())) {
            // A resume or a restore put another execution in charge: this one must not come back in its epoch.
            throw RunStore.closed(run, 1);
        }
        return switch (run.state()) {
            case PENDING -> open(run, request);
            case OPEN -> run;
            // The same execution again from its beginning, as the local engine redrives what another process began.
            case SUSPENDED -> context.runs().enter(run.id(), run.epoch());
            default -> throw RunStore.closed(run, 1);
        };
    }

    private Run open(Run run, Request request) {
        List<RunTarget> locked;
        try {
            if (run.restoreFrom() != null) {
                // After the run is on record, so that of a sweeper and this restore one gives way.
                removalMarks.rescue(run.restoreFrom());
            }
            locked = context.locks()
                    .acquireAll(run.id(), run.targets(), context.clock().instant());
            // Last of all, so that a refusal for any other reason does not use the confirmation up.
            confirmations.use(request, run);
        } catch (TargetLocked | ConfirmationInvalid | SnapshotUnknown | SnapshotDamaged e) {
            RunError error = new RunError(e.errorName(), e.getMessage());
            closing.proceed(closing.begin(run, EnumSet.of(RunState.PENDING), null, error));
            throw e;
        }
        context.checkpoints().reached("admit:locked");
        Optional<Run> opened = context.runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(RunState.PENDING),
                        RunUpdate.set("state", RunState.OPEN, "targets", locked));
        opened.filter(now -> now.mode().changesLive()).ifPresent(context.notices()::started);
        return opened.orElseGet(() -> openedByAnother(run));
    }

    /** Someone else opened the run, or closed it: then the locks just taken are given back. */
    private Run openedByAnother(Run run) {
        Run now = context.runs().require(run.id());
        if (now.state() == RunState.OPEN && now.epoch() == run.epoch()) {
            return now;
        }
        if (now.state() == RunState.CLOSED) {
            context.locks().releaseAll(run.id());
        }
        throw RunStore.closed(now, run.epoch());
    }

    private Answer answer(Run run, boolean alreadyStarted) {
        return new Answer(
                run.mode(),
                run.id(),
                run.epoch(),
                run.concurrency(),
                run.approval(),
                run.stagingEpoch() > 0,
                alreadyStarted,
                context.environment().name(),
                context.environment().colour().label(),
                null);
    }

    private Answer preview(String execution) {
        context.audit()
                .add(new AuditTrail.Asked(null, null, null, execution, null, null), "PREVIEWED", null, "empty request");
        return new Answer(
                RunMode.PREVIEW,
                null,
                0,
                0,
                false,
                false,
                false,
                context.environment().name(),
                context.environment().colour().label(),
                Preview.of(context.environment(), context.plans()));
    }
}
