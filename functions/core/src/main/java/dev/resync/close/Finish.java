package dev.resync.close;

import dev.resync.environment.ConfirmationRule;
import dev.resync.error.RunClosed;
import dev.resync.run.Confirmation;
import dev.resync.run.Nonce;
import dev.resync.run.Run;
import dev.resync.run.RunError;
import dev.resync.run.RunMode;
import dev.resync.run.RunState;
import dev.resync.run.RunStore;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import java.time.Instant;
import java.util.Optional;

/** Ends a run that came to its end by itself: hands out the confirmation of a dry run, then closes it like any other. */
public final class Finish implements Stage<Finish.Input, Finish.Answer> {

    private final StageContext context;
    private final Closing closing;

    public Finish(StageContext context) {
        this.context = context;
        this.closing = new Closing(context);
    }

    /**
     * Input of this stage.
     *
     * @param runId id of the run
     * @param epoch the run's epoch
     * @param error name of the error with which an approval was refused; null or empty otherwise
     * @param cause message of that error; null or empty otherwise
     */
    public record Input(String runId, long epoch, String error, String cause) {}

    /**
     * Answer of this stage.
     *
     * @param runId id of the run
     * @param ending how it ended
     */
    public record Answer(String runId, String ending) {}

    @Override
    public String name() {
        return "finish";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Answer run(Input input) {
        Run run = finishing(input).orElseGet(() -> begin(input));
        if (run.state() == RunState.CLOSING) {
            run = closing.proceed(run);
        }
        if (run.state() != RunState.CLOSED) {
            throw RunStore.closed(run, input.epoch());
        }
        closing.cleanUp(run);
        return new Answer(run.id(), run.ending().name());
    }

    private Run begin(Input input) {
        try {
            Run run = context.runs().enter(input.runId(), input.epoch());
            if (run.mode() == RunMode.DRY_RUN
                    && run.verdict() != null
                    && run.verdict().passed()) {
                run = context.runs().updateOnce(run, "confirm", confirmation(run));
            }
            RunError error =
                    input.error() == null || input.error().isBlank() ? null : RunError.of(input.error(), input.cause());
            return closing.begin(run, RunState.WORKING, null, error);
        } catch (RunClosed closed) {
            return finishing(input).orElseThrow(() -> closed);
        }
    }

    /** Returns the run if a call of this very stage has begun to close it. */
    private Optional<Run> finishing(Input input) {
        Run run = context.runs().require(input.runId());
        boolean ending = run.state() == RunState.CLOSING || run.state() == RunState.CLOSED;
        return Optional.of(run).filter(now -> ending && now.epoch() == input.epoch() + 1 && now.stopCause() == null);
    }

    private Confirmation confirmation(Run run) {
        Instant expiresAt =
                context.clock().instant().plus(context.environment().dryRun().maxAge());
        if (context.environment().confirmation() == ConfirmationRule.PLAN_HASH) {
            return new Confirmation(run.planHash(), expiresAt, null);
        }
        return new Confirmation(run.id() + "." + Nonce.of(context.random(), 4), expiresAt, null);
    }
}
