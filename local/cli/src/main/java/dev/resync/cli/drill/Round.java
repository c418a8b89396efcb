package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.drill.FaultKind.Counted;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One round of a drill: new sources, a dry run, a real run, a restore of its snapshot, and a fault in one of the two. */
final class Round {

    private final Ground ground;
    private final Injections injections;
    private final EngineProcesses engines;
    private final Checks checks;

    Round(Ground ground, Injections injections, EngineProcesses engines) {
        this.ground = ground;
        this.injections = injections;
        this.engines = engines;
        this.checks = new Checks(ground);
    }

    /**
     * What became of a round.
     *
     * @param fault what was done
     * @param hit whether it struck, rather than the run being over before
     * @param endings of the real run, and of the restore where there was one
     * @param violations what should not have happened; empty where all went as it should
     * @param reads complete reads by the reader
     * @param readerErrors reads that failed, or saw something that never was a view
     * @param windowSeconds longest time in which the two views may have been of different runs
     */
    record Result(
            Fault fault,
            boolean hit,
            Map<Phase, Ending> endings,
            List<String> violations,
            long reads,
            long readerErrors,
            double windowSeconds) {}

    /** Plays a round; leaves live with the view that it ended with. */
    Result play(Fault fault) {
        Map<Phase, Ending> endings = new LinkedHashMap<>();
        Map<String, ContentHash> before = ground.live().hashes();
        Run dryRun = dryRun();
        checks.begin();
        checks.require("the dry run passes: " + dryRun.error(), dryRun.confirm() != null);
        Map<String, ContentHash> wanted = new TreeMap<>(
                dryRun.verdict() == null ? Map.of() : dryRun.verdict().shadows());

        boolean hit = false;
        Optional<Run> real = Optional.empty();
        if (dryRun.confirm() != null) {
            ObjectNode request = ground.request("EXECUTE")
                    .put("plan", ScratchData.PLAN)
                    .put("confirm", dryRun.confirm().token());
            Injection injection = injections.of(fault);
            real = carriedOut(Phase.EXECUTE, request, injection);
            hit = injection.hit();
            real.ifPresent(run -> checks.ended(run, before, wanted));
            real.ifPresent(run -> endings.put(Phase.EXECUTE, run.ending()));
        }
        Optional<String> snapshot = real.filter(run -> run.state() == RunState.CLOSED)
                // What a run that went back has taken last is a copy of the view that it took back.
                .map(run -> run.rollback() ? run.restoreFrom() : run.snapshot());
        if (snapshot.isPresent()) {
            Map<String, ContentHash> now = ground.live().hashes();
            ObjectNode request = ground.request("RESTORE").put("snapshot", snapshot.get());
            Injection injection = injections.of(fault);
            Optional<Run> restore = carriedOut(Phase.RESTORE, request, injection);
            hit |= injection.hit();
            restore.ifPresent(run -> checks.ended(run, now, before));
            restore.ifPresent(run -> endings.put(Phase.RESTORE, run.ending()));
        }
        checks.nothingLeft();
        Checks.Seen seen = checks.reader(Map.of("before", before, "wanted", wanted));
        return new Result(
                fault, hit, endings, checks.violations(), seen.reads(), seen.errors(), checks.longestWindow());
    }

    /** Plays a round to which nothing happens, and returns what there was to strike in it. */
    Map<Phase, Map<Counted, Integer>> counted() {
        Run dryRun = dryRun();
        ObjectNode request = ground.request("EXECUTE")
                .put("plan", ScratchData.PLAN)
                .put("confirm", dryRun.confirm().token());
        Counting execute = new Counting(Phase.EXECUTE);
        Run real = carriedOut(Phase.EXECUTE, request, execute).orElseThrow();
        Counting restore = new Counting(Phase.RESTORE);
        carriedOut(Phase.RESTORE, ground.request("RESTORE").put("snapshot", real.snapshot()), restore);
        ground.reader().take(Map.of());
        return Map.of(Phase.EXECUTE, execute.counts(), Phase.RESTORE, restore.counts());
    }

    /** Makes a dry run that nothing gets in the way of. */
    private Run dryRun() {
        return undisturbed(Phase.EXECUTE, ground.request("DRY_RUN").put("plan", ScratchData.PLAN))
                .orElseThrow();
    }

    private Optional<Run> undisturbed(Phase phase, ObjectNode request) {
        ground.calm();
        String execution = start(phase, request);
        ground.settle();
        return ground.platform().context().runs().findByExecution(execution);
    }

    private String start(Phase phase, JsonNode request) {
        return phase == Phase.EXECUTE
                ? ground.platform().startResync(null, request)
                : ground.platform().startRestore(null, request);
    }

    /** Carries out a request with the fault in it, where it is one of this phase; returns its run if there is one. */
    private Optional<Run> carriedOut(Phase phase, ObjectNode request, Injection injection) {
        Fault fault = injection.fault();
        Optional<Run> run;
        if (fault.phase() != phase) {
            run = undisturbed(phase, request);
        } else if (fault.kind() == FaultKind.KILL_ENGINE) {
            ground.calm();
            run = engines.kill(fault, request, injection::markHit);
        } else {
            ground.arm(injection, new Operator(ground.platform(), fault.after(), ground.request("DRY_RUN")));
            String execution = start(phase, request);
            injections.started(execution);
            ground.settle();
            injection.release();
            ground.settle();
            ground.calm();
            run = ground.platform().context().runs().findByExecution(execution);
        }
        return run.map(this::closed);
    }

    /** What a lost event, a lost process or a restore that failed leaves open is found by reconcile. */
    private Run closed(Run run) {
        if (run.state() != RunState.CLOSED) {
            ground.reconcile();
        }
        return ground.platform().context().runs().require(run.id());
    }
}
