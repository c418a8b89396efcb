package dev.resync.bench.growth;

import dev.resync.bench.contender.Ground;
import dev.resync.bench.contender.Requests;
import dev.resync.bench.data.BenchPlan;
import dev.resync.bench.data.Wanted;
import dev.resync.bench.link.Link;
import dev.resync.cli.local.ExecutionLeases;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.RealTime;
import dev.resync.hash.ContentHash;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.TargetPlan;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A run and the restore of its snapshot by the state machines, one function at a time. Leaves the views as they were. */
final class Pass {

    /** Name of the state machine of a run. */
    static final String RESYNC = "resync";
    /** Name of the state machine of a restore. */
    static final String RESTORE = "restore";

    private static final Duration AT_MOST = Duration.ofHours(6);

    private final Ground ground;
    private final Clocks clocks;
    private Clocks.Time resync;
    private Clocks.Time restore;
    private Clocks.Time engine;

    /** @param bare way to the server for what is prepared and checked */
    Pass(BenchPlan plan, int chunkDocuments, Link bare, Clocks clocks) {
        this.clocks = clocks;
        ground = new Ground(plan, List.of(), new Wanted(Map.of(), Map.of()), Map.of(), 1, chunkDocuments, bare);
    }

    /**
     * Makes both.
     *
     * @param link way of the functions to the server
     * @throws dev.resync.bench.data.OutputDiffers where the restore leaves other documents than there were
     */
    void run(Link link, FunctionTimes times) {
        ground.dropRuns();
        Map<String, ContentHash> before = Ground.hashes(ground.bare().store(), ground.plan(), TargetPlan::namespace);
        Requests requests = new Requests(ground);
        try (LocalPlatform platform = new LocalPlatform(
                link.client(),
                ExecutionLeases.ALONE,
                ground.plans(),
                requests.environment(),
                new RealTime(),
                new SecureRandom(),
                Requests.NO_COMMANDS,
                PlatformHooks.NONE.withCalls(times))) {
            Clocks.Time begun = clocks.now();
            times.begin(RESYNC);
            String run = platform.startResync(null, requests.execute());
            require(platform.await(run, AT_MOST));
            engine = times.outside();
            resync = clocks.now().minus(begun);
            String snapshot =
                    platform.context().runs().findByExecution(run).orElseThrow().snapshot();
            times.begin(RESTORE);
            begun = clocks.now();
            require(platform.await(platform.startRestore(null, requests.restore(snapshot)), AT_MOST));
            restore = clocks.now().minus(begun);
        }
        ground.require(RESTORE, TargetPlan::namespace, before);
        ground.dropRuns();
    }

    private static void require(ExecutionDescription ended) {
        if (ended.status() != ExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException(
                    ended.executionArn() + " ended " + ended.status() + ": " + ended.error() + ", " + ended.cause());
        }
    }

    /** Returns the documents of all sources together. */
    long sourceDocuments() {
        return ground.plan().sources().stream()
                .map(SourcePlan::namespace)
                .mapToLong(source -> ground.bare().store().size(source).documents())
                .sum();
    }

    /** Returns what the run took, engine included. */
    Clocks.Time resync() {
        return resync;
    }

    /** Returns what the run took while no function was at work; the processors of this process alone. */
    Clocks.Time engine() {
        return engine;
    }

    /** Returns what the restore took, engine included. */
    Clocks.Time restore() {
        return restore;
    }
}
