package dev.resync.cli.progress;

import dev.resync.chunk.StageProgress;
import dev.resync.engine.TransitionListener;
import dev.resync.run.Run;
import dev.resync.stage.StageContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what a run is doing: which state its execution is in, how many chunks of the stage are done, and what keeps
 * it from full speed, as the control data says.
 */
public final class RunSteps implements TransitionListener {

    private static final Set<String> SHOWN = Set.of("Task", "Map", "Wait");

    private final Clock clock;
    private volatile String state = "Admit";
    private final RecentRate rate = new RecentRate();
    private String step;
    private Instant since;

    /** @param clock measures how long a step takes */
    public RunSteps(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void onTransition(Transition transition) {
        boolean childOfMap = transition.stateMachineArn().contains("/");
        if (transition.direction() == Direction.ENTERED && !childOfMap && SHOWN.contains(transition.type())) {
            state = transition.state();
        }
    }

    /** Returns what the run is doing now. */
    public Step of(StageContext context, Run run) {
        List<StageProgress> stages = context.chunks().progress(run.id(), run.epoch());
        Optional<StageProgress> working = stages.stream()
                .filter(stage -> stage.done() < stage.chunks())
                .findFirst()
                .filter(stage -> state.endsWith("Chunks") || state.equals("SnapshotLive"));
        Duration limit = context.environment().maxLatency();
        StepPace pace = StepPace.of(run.pace(), working.orElse(null), limit == null ? null : limit.toMillis());
        return working.map(stage -> step(stage.stage().function(), stage, pace))
                .orElseGet(() -> step(state, null, pace));
    }

    private Step step(String name, StageProgress stage, StepPace pace) {
        Instant now = clock.instant();
        if (!name.equals(step)) {
            step = name;
            rate.reset();
            since = now;
        }
        Duration elapsed = Duration.between(since, now);
        return stage == null
                ? new Step(name, 0, 0, 0, 0, elapsed, pace)
                : new Step(
                        name,
                        stage.chunks(),
                        stage.done(),
                        stage.documents(),
                        rate.perSecond(now, stage.documents()),
                        elapsed,
                        pace);
    }
}
