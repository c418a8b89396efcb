package dev.resync.reconcile;

import dev.resync.metrics.Metric;
import dev.resync.metrics.Metrics;
import dev.resync.run.Run;
import dev.resync.snapshot.Snapshot;
import dev.resync.stage.StageContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What stands open, and how old the way back is, in figures. */
final class OpenRunFigures {

    private final StageContext context;

    OpenRunFigures(StageContext context) {
        this.context = context;
    }

    /**
     * Says how many runs are open, since when, and what they wait for.
     *
     * @param unfinished runs that are neither closed nor wait for an operator
     * @param withoutExecution how many of them nobody works on
     * @param stuck runs that need an operator
     */
    void runs(List<Run> unfinished, int withoutExecution, List<Run> stuck) {
        Metrics metrics = context.metrics();
        metrics.say(Metric.NEEDS_OPERATOR, stuck.size());
        metrics.say(Metric.OPEN_RUNS, unfinished.size() + stuck.size());
        metrics.say(Metric.OPEN_RUNS_WITHOUT_EXECUTION, withoutExecution);
        metrics.say(
                Metric.OLDEST_OPEN_RUN_SECONDS,
                Stream.concat(unfinished.stream(), stuck.stream())
                        .mapToDouble(run -> secondsSince(run.startedAt()))
                        .max()
                        .orElse(0));
    }

    /** Says the age of the newest snapshot of the plan for which it is oldest; nothing where no deployed plan has one. */
    void snapshots() {
        List<Snapshot> newestFirst = context.snapshots().all();
        OptionalDouble oldest = context.plans().names().stream()
                .flatMap(plan -> newestFirst.stream()
                        .filter(snapshot -> plan.equals(snapshot.plan()) && !snapshot.isGoing())
                        .filter(snapshot -> context.environment().name().equals(snapshot.environment()))
                        .limit(1))
                .mapToDouble(snapshot -> secondsSince(snapshot.sealedAt()))
                .max();
        oldest.ifPresent(seconds -> context.metrics().say(Metric.SNAPSHOT_AGE_SECONDS, seconds));
    }

    private double secondsSince(Instant moment) {
        return Math.max(0, Duration.between(moment, context.clock().instant()).toMillis() / 1000.0);
    }
}
