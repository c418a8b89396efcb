package dev.resync.bench.contender;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import dev.resync.cli.local.ExecutionLeases;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.RealTime;
import dev.resync.plan.TargetPlan;
import dev.resync.run.Run;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Supplier;

/** The whole run by the state machine, from admission to the receipt, and the whole restore of its snapshot. */
public final class WholeResync implements Contender {

    public static final String NAME = "whole-resync";
    public static final String RESTORE = "whole-restore";

    private static final Duration AT_MOST = Duration.ofHours(6);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean readsRanges() {
        return true;
    }

    @Override
    public void run(Ground ground, Link link, Recorder recorder) {
        ground.dropRuns();
        Requests requests = new Requests(ground);
        BusyTime busy = new BusyTime();
        try (LocalPlatform platform = new LocalPlatform(
                link.client(),
                ExecutionLeases.ALONE,
                ground.plans(),
                requests.environment(),
                new RealTime(),
                new SecureRandom(),
                Requests.NO_COMMANDS,
                PlatformHooks.NONE.withCalls((function, payload, call) -> busy.during(call)))) {
            Run run = measured(NAME, platform, busy, recorder, () -> platform.startResync(null, requests.execute()));
            ground.require(NAME, TargetPlan::namespace, ground.wanted().hashes());
            measured(
                    RESTORE,
                    platform,
                    busy,
                    recorder,
                    () -> platform.startRestore(null, requests.restore(run.snapshot())));
            ground.require(RESTORE, TargetPlan::namespace, ground.before());
        }
        ground.dropRuns();
    }

    private static Run measured(
            String row, LocalPlatform platform, BusyTime busy, Recorder recorder, Supplier<String> start) {
        String[] execution = new String[1];
        double[] share = new double[1];
        recorder.measure(row, () -> {
            busy.reset();
            long begun = System.nanoTime();
            execution[0] = start.get();
            ExecutionDescription ended = platform.await(execution[0], AT_MOST);
            share[0] = 1 - (double) busy.nanos() / (System.nanoTime() - begun);
            if (ended.status() != ExecutionStatus.SUCCEEDED) {
                throw new IllegalStateException(
                        row + " ended " + ended.status() + ": " + ended.error() + ", " + ended.cause());
            }
        });
        recorder.engineShare(row, share[0]);
        return platform.context().runs().findByExecution(execution[0]).orElseThrow();
    }

    /** How long at least one function is at work: the rest is the engine's. */
    private static final class BusyTime {
        private int atWork;
        private long since;
        private long nanos;

        JsonNode during(Supplier<JsonNode> call) {
            enter();
            try {
                return call.get();
            } finally {
                leave();
            }
        }

        private synchronized void enter() {
            if (atWork++ == 0) {
                since = System.nanoTime();
            }
        }

        private synchronized void leave() {
            if (--atWork == 0) {
                nanos += System.nanoTime() - since;
            }
        }

        synchronized void reset() {
            nanos = 0;
        }

        synchronized long nanos() {
            return nanos;
        }
    }
}
