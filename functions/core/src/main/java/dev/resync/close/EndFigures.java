package dev.resync.close;

import com.mongodb.MongoException;
import dev.resync.metrics.Metric;
import dev.resync.run.Run;
import dev.resync.run.RunHistory;
import dev.resync.stage.StageContext;
import java.time.Duration;
import java.util.List;

/** What the end of a run says in figures. Told once: by whoever closed the run. */
final class EndFigures {

    /** How many runs before it a run is measured by. */
    private static final int HISTORY = 5;

    /** With fewer than these, one odd run would decide what is usual. */
    private static final int LEAST_HISTORY = 3;

    private final StageContext context;

    EndFigures(StageContext context) {
        this.context = context;
    }

    /** Says the figures of a run that this very call closed. */
    void say(Run ended) {
        context.metrics().ended(ended.ending());
        context.metrics().say(Metric.RUNS_FAILED, ended.error() == null ? 0 : 1);
        double seconds = seconds(ended);
        context.metrics().say(Metric.RUN_DURATION_SECONDS, seconds);
        List<Run> before;
        try {
            before = new RunHistory(context.store()).endedWellBefore(ended, HISTORY);
        } catch (MongoException e) {
            // The run is closed: a figure must not make that look like a failure.
            return;
        }
        double usual = median(before);
        if (before.size() >= LEAST_HISTORY && usual > 0) {
            context.metrics().say(Metric.RUN_DURATION_RATIO, seconds / usual);
        }
    }

    private static double median(List<Run> runs) {
        double[] sorted =
                runs.stream().mapToDouble(EndFigures::seconds).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double seconds(Run run) {
        return Duration.between(run.startedAt(), run.endedAt()).toMillis() / 1000.0;
    }
}
