package dev.resync.cli.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.progress.StatusSteps;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.RunState;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks at a run again and again, and shows where it stands, until it has ended or waits for a person. */
public final class RunWatch {

    /** States in which nothing goes on by itself. */
    public static final Set<RunState> AT_REST = Set.of(RunState.CLOSED, RunState.SUSPENDED, RunState.NEEDS_OPERATOR);

    /** Longer than a cold function takes to begin. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private final Progress progress;
    private final Duration every;
    private final StatusSteps steps = new StatusSteps(Clock.systemUTC());

    /**
     * @param progress where it is shown
     * @param every how long to wait between two looks
     */
    public RunWatch(Progress progress, Duration every) {
        this.progress = progress;
        this.every = every;
    }

    /**
     * Watches a run.
     *
     * @param look asks for all that is known of it
     * @return its state at the end
     */
    public RunState until(Supplier<JsonNode> look) {
        return until(look, null, Duration.ZERO);
    }

    /**
     * Watches a run.
     *
     * @param look asks for all that is known of it
     * @param leaving state that it is about to leave, which does not count as its end for a while; null for none
     * @param patience how long that may take
     * @return its state at the end
     */
    public RunState until(Supplier<JsonNode> look, RunState leaving, Duration patience) {
        long begun = System.nanoTime();
        boolean left = leaving == null;
        while (true) {
            JsonNode status = look.get();
            RunState state = RunState.valueOf(status.path("run").path("state").asText());
            left = left
                    || state != leaving
                    || System.nanoTime() - begun > patience(status, patience).toNanos();
            if (left && AT_REST.contains(state)) {
                return state;
            }
            progress.show(steps.of(status));
            pause();
        }
    }

    /** A state may be left and come back to between two looks; then its execution has ended again. */
    private static Duration patience(JsonNode status, Duration longest) {
        JsonNode execution = status.path("execution").path("status");
        boolean over = execution.isTextual()
                && !ExecutionStatus.valueOf(execution.textValue()).active();
        return over && SETTLED.compareTo(longest) < 0 ? SETTLED : longest;
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(every.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while watching a run", e);
        }
    }
}
