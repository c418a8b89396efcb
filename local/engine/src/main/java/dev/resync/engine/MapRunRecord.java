package dev.resync.engine;

import java.time.Instant;

/** What is known of one map run, also when it is over. Changed in the execution's turn. */
final class MapRunRecord {
    private final Execution execution;
    private final String arn;
    private final String childMachine;
    private final Instant started;
    private final long sequence;
    private MapRunStatus status = MapRunStatus.RUNNING;
    private Instant stopped;
    private int redriveCount;
    private Instant redriven;
    /** Null when it is over: what it holds on to is let go. */
    private DistributedMapRun running;

    private MapRunDescription.Settings settings;
    private MapRunCounts counts;

    MapRunRecord(DistributedMapRun running, String arn, String childMachine) {
        this.running = running;
        this.execution = running.walk().execution();
        this.arn = arn;
        this.childMachine = childMachine;
        this.sequence = execution.machinery().executions().nextSequence();
        this.started = execution.machinery().scheduler().now();
    }

    /** In turn. */
    MapRunDescription description() {
        return new MapRunDescription(
                arn,
                execution.arn(),
                childMachine,
                status,
                started,
                stopped,
                running == null ? settings : running.settings(),
                running == null ? counts : running.counts(),
                redriveCount,
                redriven);
    }

    void redriven(DistributedMapRun again) {
        running = again;
        status = MapRunStatus.RUNNING;
        stopped = null;
        redriveCount++;
        redriven = execution.machinery().scheduler().now();
    }

    void ended(MapRunStatus how) {
        settings = running.settings();
        counts = running.counts();
        running = null;
        status = how;
        stopped = execution.machinery().scheduler().now();
    }

    /** In turn; null when it is over. */
    DistributedMapRun running() {
        return running;
    }

    boolean isRunning() {
        return status == MapRunStatus.RUNNING;
    }

    int redriveCount() {
        return redriveCount;
    }

    /** Grows with each map run. */
    long sequence() {
        return sequence;
    }

    String arn() {
        return arn;
    }

    Execution execution() {
        return execution;
    }
}
