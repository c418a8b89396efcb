package dev.resync.stage;

import dev.resync.chunk.ChunkStore;
import dev.resync.cutover.Journal;
import dev.resync.environment.Environment;
import dev.resync.metrics.Metrics;
import dev.resync.notification.Notifications;
import dev.resync.notification.RunNotices;
import dev.resync.pace.LatencyBackoff;
import dev.resync.pace.PassingTime;
import dev.resync.plan.PlanSource;
import dev.resync.run.AuditTrail;
import dev.resync.run.Executions;
import dev.resync.run.LockStore;
import dev.resync.run.NextCommands;
import dev.resync.run.RunStore;
import dev.resync.run.VerdictStore;
import dev.resync.snapshot.SnapshotStore;
import dev.resync.store.Checkpoints;
import dev.resync.store.MongoStore;
import dev.resync.verify.DifferenceStore;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What the stages share. Immutable; one per process.
 *
 * @param store the database
 * @param runs the runs
 * @param verdicts their verdicts, and the shadows that these speak of
 * @param locks the locks of live collections
 * @param chunks the chunks
 * @param snapshots the snapshots
 * @param journal the cut-over journal
 * @param audit the audit trail
 * @param plans the deployed plans
 * @param environment the environment of this deployment
 * @param artifact version of the running code
 * @param executions the service that executes state machines
 * @param clock the time of day
 * @param time the time that passes
 * @param backoff what the database's latency asks for
 * @param random source of tokens and nonces; cryptographically strong in production
 * @param nextCommands words the commands that receipts offer
 * @param notices tell people of runs
 * @param checkpoints told before and after every decisive step
 * @param metrics told what is worth a figure
 */
public record StageContext(
        MongoStore store,
        RunStore runs,
        VerdictStore verdicts,
        LockStore locks,
        ChunkStore chunks,
        SnapshotStore snapshots,
        Journal journal,
        AuditTrail audit,
        PlanSource plans,
        Environment environment,
        String artifact,
        Executions executions,
        Clock clock,
        PassingTime time,
        LatencyBackoff backoff,
        RandomGenerator random,
        NextCommands nextCommands,
        RunNotices notices,
        Checkpoints checkpoints,
        Metrics metrics) {

    /** Returns a context over one database, which tells nobody of its runs and of its figures. */
    public static StageContext of(
            MongoStore store,
            PlanSource plans,
            Environment environment,
            String artifact,
            Executions executions,
            Clock clock,
            PassingTime time,
            RandomGenerator random,
            NextCommands nextCommands,
            Checkpoints checkpoints) {
        RunStore runs = new RunStore(store, executions, artifact);
        return new StageContext(
                store,
                runs,
                new VerdictStore(runs),
                new LockStore(store, runs),
                new ChunkStore(store, clock),
                new SnapshotStore(store),
                new Journal(store),
                new AuditTrail(store, clock),
                plans,
                environment,
                artifact,
                executions,
                clock,
                time,
                new LatencyBackoff(environment.maxLatency(), time),
                random,
                nextCommands,
                new RunNotices(Notifications.NONE, environment, clock),
                checkpoints,
                Metrics.NONE);
    }

    /** Returns the same context, telling people of its runs. */
    public StageContext withNotifications(Notifications notifications) {
        return with(new RunNotices(notifications, environment, clock), metrics);
    }

    /** Returns the same context with somebody who hears its figures. */
    public StageContext withMetrics(Metrics told) {
        return with(notices, told);
    }

    private StageContext with(RunNotices people, Metrics told) {
        return new StageContext(
                store,
                runs,
                verdicts,
                locks,
                chunks,
                snapshots,
                journal,
                audit,
                plans,
                environment,
                artifact,
                executions,
                clock,
                time,
                backoff,
                random,
                nextCommands,
                people,
                checkpoints,
                told);
    }

    /** Creates the indexes of the control data; does nothing where they exist. */
    public void prepare() {
        audit.prepare();
        runs.prepare();
        chunks.prepare();
        journal.prepare();
        new DifferenceStore(store).prepare();
    }
}
