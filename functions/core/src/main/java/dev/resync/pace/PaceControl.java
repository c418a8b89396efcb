package dev.resync.pace;

import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.RequestInvalid;
import dev.resync.error.RunClosed;
import dev.resync.error.RunUnknown;
import dev.resync.pace.Throttle.Limit;
import dev.resync.run.AuditTrail;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.run.PaceStore;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.run.RunStore;
import dev.resync.schema.OneLine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lets people hold a run, let it go on and limit its pace while it is at work. It writes control data and nothing else: the functions
 * look there, wherever they run. Everything that is asked for is in the audit trail, refusals included.
 */
public final class PaceControl {

    private static final int MOST_PER_SECOND = 1_000_000;

    private final RunStore runs;
    private final PaceStore paces;
    private final AuditTrail audit;
    private final Clock clock;
    private final String environment;

    /** @param environment name of the environment that whoever asks means */
    public PaceControl(RunStore runs, AuditTrail audit, Clock clock, String environment) {
        this.runs = runs;
        this.paces = new PaceStore(runs);
        this.audit = audit;
        this.clock = clock;
        this.environment = environment;
    }

    /**
     * Holds a run until {@link #release}. One that is held already stays as it is.
     *
     * @param asked who asks, by which way and why; who and why are required
     * @return the run as it is now
     * @throws RequestInvalid where nobody, or no reason, is named
     * @throws RunUnknown where there is no such run
     * @throws EnvironmentMismatch where it belongs to another environment
     * @throws RunClosed where it has begun its cut-over, or is closed or being closed
     */
    public Run hold(String runId, Asked asked) {
        return audited(runId, asked, "hold", "HELD", run -> {
            require("reason", asked.why(), "why the run is to be held");
            Hold hold = new Hold(person(asked), asked.why(), clock.instant());
            return paces.hold(runId, hold).orElseGet(() -> heldAlready(runs.require(runId)));
        });
    }

    /**
     * Lets a run that is held go on. One that is not held stays as it is.
     *
     * @param asked who asks, and by which way; who is required
     * @return the run as it is now
     * @throws RequestInvalid where nobody is named
     * @throws RunUnknown where there is no such run
     * @throws EnvironmentMismatch where it belongs to another environment
     * @throws RunClosed where it is closed
     */
    public Run release(String runId, Asked asked) {
        return audited(runId, asked, "continue", "CONTINUED", run -> paces.release(runId)
                .orElseGet(() -> notClosed(runs.require(runId), "let go on")));
    }

    /**
     * Limits the pace of a run.
     *
     * @param asked who asks, and by which way; who is required
     * @return the run as it is now
     * @throws RequestInvalid where nobody is named, or a limit is missing or out of its range
     * @throws RunUnknown where there is no such run
     * @throws EnvironmentMismatch where it belongs to another environment
     * @throws RunClosed where it is closed
     */
    public Run throttle(String runId, Throttle throttle, Asked asked) {
        return audited(runId, asked, "throttle to " + shown(throttle), "THROTTLED", run -> {
            Map<String, Integer> limits = limits(run, throttle);
            return paces.limit(runId, limits).orElseGet(() -> notClosed(runs.require(runId), "throttled"));
        });
    }

    private Run audited(String runId, Asked asked, String what, String event, Function<Run, Run> change) {
        Asked whole = new Asked(
                asked.who(), asked.authenticatedAs(), asked.via(), asked.from(), what + " " + runId, asked.why());
        return audit.decided(
                whole,
                runId,
                event,
                () -> {
                    Run run = runs.require(runId);
                    run.requireIn(environment);
                    require("requestedBy", person(asked), "who asks");
                    return change.apply(run);
                },
                changed -> changed.pace().toString());
    }

    private static String person(Asked asked) {
        return asked.authenticatedAs() == null ? asked.who() : asked.authenticatedAs();
    }

    private static void require(String field, String value, String what) {
        OneLine.require(field, value, "Say " + what + ". Nothing was changed.");
    }

    private static Run heldAlready(Run run) {
        if (run.cutOverAt() != null && run.state().working()) {
            throw new RunClosed(
                    "Run " + run.id() + " began its cut-over at " + run.cutOverAt()
                            + ": a hold comes too late, and nothing was changed. To go back, restore its snapshot when it has ended.");
        }
        if (run.held() && run.state() != RunState.CLOSED) {
            return run;
        }
        throw new RunClosed("Run " + run.id() + " is " + state(run) + " and cannot be held; nothing was changed.");
    }

    private static Run notClosed(Run run, String what) {
        if (run.state() == RunState.CLOSED) {
            throw new RunClosed(
                    "Run " + run.id() + " is " + state(run) + " and cannot be " + what + "; nothing was changed.");
        }
        return run;
    }

    private static String state(Run run) {
        return run.state() + (run.ending() == null ? "" : " and ended " + run.ending());
    }

    private static Map<String, Integer> limits(Run run, Throttle throttle) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        if (throttle.documentsPerSecond() != null) {
            int fewest = RunPace.fewestPerSecond(run.documentsOfChunk());
            requireWithin(
                    "documentsPerSecond",
                    throttle.documentsPerSecond(),
                    fewest,
                    MOST_PER_SECOND,
                    "with fewer a chunk of " + run.chunkDocuments() + " documents of each of " + run.chunkCollections()
                            + " collections could not be done in time");
            limits.put("documentsPerSecond", throttle.documentsPerSecond().most());
        }
        if (throttle.concurrency() != null) {
            requireWithin(
                    "concurrency", throttle.concurrency(), 1, run.concurrency(), "with more the run was not started");
            limits.put("concurrency", throttle.concurrency().most());
        }
        if (limits.isEmpty()) {
            throw new RequestInvalid(
                    "documentsPerSecond and concurrency are both missing; expected a limit, or none for no"
                            + " limit, for at least one of them. Nothing was changed.");
        }
        return limits;
    }

    private static void requireWithin(String field, Limit limit, int fewest, int most, String why) {
        if (limit.most() != null && (limit.most() < fewest || limit.most() > most)) {
            throw new RequestInvalid(field + " is " + limit + "; expected a whole number from " + fewest + " to " + most
                    + ", or none for no limit: " + why + ". Nothing was changed.");
        }
    }

    private static String shown(Throttle throttle) {
        List<String> shown = new ArrayList<>();
        if (throttle.documentsPerSecond() != null) {
            shown.add("documentsPerSecond " + throttle.documentsPerSecond());
        }
        if (throttle.concurrency() != null) {
            shown.add("concurrency " + throttle.concurrency());
        }
        return String.join(", ", shown);
    }
}
