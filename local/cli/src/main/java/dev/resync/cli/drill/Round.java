package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.drill.FaultKind.Counted;
import dev.resync.error.RequestInvalid;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One round of a drill: a dry run, a real run, a restore of its snapshot, and a fault in one of the two. */
final class Round {

    private final Ground ground;
    private final Injections injections;
    private final EngineProcesses engines;
    private final Checks checks;
    private final LeftBehind leftBehind;

    Round(Ground ground, Injections injections, EngineProcesses engines) {
        this.ground = ground;
        this.injections = injections;
        this.engines = engines;
        this.checks = new Checks(ground);
        this.leftBehind = new LeftBehind(ground);
    }

    /**
     * What became of a round.
     *
     * @param fault what was done
     * @param hit whether it did what it is to do, rather than the run being over before
     * @param endings of the real run, and of the restore, where these came to a run
     * @param notAdmitted how many of the two came to none
     * @param violations what should not have happened; empty where all went as it should
     * @param reads complete reads by the reader
     * @param readerErrors reads that failed, or saw something that never was a view
     * @param mixedReads reads that saw old and new documents side by side, where views are changed in place
     * @param windowSeconds longest time in which the two views may have been of different runs
     */
    record Result(
            Fault fault,
            boolean hit,
            Map<Phase, Ending> endings,
            int notAdmitted,
            List<String> violations,
            long reads,
            long readerErrors,
            long mixedReads,
            double windowSeconds) {}

    /** Plays a round; leaves live with the view that it ended with. */
    Result play(Fault fault) {
        Map<Phase, Ending> endings = new LinkedHashMap<>();
        int notAdmitted = 0;
        LiveState before = ground.live();
        Map<String, ViewDocuments> documents = ground.documents();
        checks.begin();
        ShadowReading reading = new ShadowReading(ground);
        Run dryRun = dryRun(reading);
        checks.ended(dryRun, before, before, EnumSet.of(Ending.UNTOUCHED));
        checks.require("the dry run passes: " + dryRun.error(), dryRun.confirm() != null);
        LiveState wanted = dryRun.verdict() == null
                ? before
                : before.publishing(
                        dryRun.verdict().shadows(),
                        ground.store().shape(ground.rehearsed().bare()).orElseThrow());

        boolean hit = false;
        Optional<Run> real = Optional.empty();
        if (dryRun.confirm() != null) {
            Injection injection = injections.of(fault);
            real = carriedOut(Phase.EXECUTE, execute(dryRun), injection);
            judge(Phase.EXECUTE, real, before, wanted, injection);
            hit = injection.hit();
            Phase played = fault.phase() == Phase.WAY_BACK ? Phase.WAY_BACK : Phase.EXECUTE;
            real.ifPresent(run -> endings.put(played, run.ending()));
            notAdmitted += real.isEmpty() ? 1 : 0;
        }
        if (real.map(Run::state).orElse(RunState.CLOSED) == RunState.CLOSED) {
            LiveState now = ground.live();
            String snapshot = real.map(Run::wayBack).orElse(dryRun.snapshot());
            Injection injection = injections.of(fault);
            Optional<Run> restore =
                    carriedOut(Phase.RESTORE, ground.request("RESTORE").put("snapshot", snapshot), injection);
            judge(Phase.RESTORE, restore, now, before, injection);
            hit |= injection.hit();
            restore.ifPresent(run -> endings.put(Phase.RESTORE, run.ending()));
            notAdmitted += restore.isEmpty() ? 1 : 0;
        }
        leftBehind.check(checks);
        Checks.Seen seen = checks.reader(
                Map.of("before", before.contents(), "wanted", wanted.contents()), documents, reading.documents());
        return new Result(
                fault,
                hit,
                endings,
                notAdmitted,
                checks.violations(),
                seen.reads(),
                seen.errors(),
                seen.mixed(),
                checks.longestWindow());
    }

    private void judge(Phase part, Optional<Run> run, LiveState before, LiveState wanted, Injection injection) {
        checks.require(
                "the request for " + part + " came to a run",
                run.isPresent() || AllowedEndings.mayComeToNone(part, injection));
        run.ifPresent(found -> {
            checks.ended(found, before, wanted, AllowedEndings.of(part, injection));
            checks.require(
                    "the " + part + " run did not go back (" + found.error() + ")",
                    !found.rollback() || !AllowedEndings.undisturbed(part, injection));
        });
        if (run.isEmpty()) {
            checks.require("without a run live stays as it is", before.equals(ground.live()));
        }
    }

    /**
     * Plays rounds to which nothing else happens, and returns what there was to strike in them.
     *
     * @throws IllegalStateException where one does not end as it should: then there is nothing to rehearse
     */
    Map<Phase, Map<Counted, Integer>> counted() {
        Map<Phase, Map<Counted, Integer>> counts = new EnumMap<>(Phase.class);
        Run real = counted(Phase.EXECUTE, execute(dryRun()), counts);
        counted(Phase.RESTORE, ground.request("RESTORE").put("snapshot", real.snapshot()), counts);
        if (ground.rehearsed().views().size() > 1) {
            counted(Phase.WAY_BACK, execute(dryRun()), counts);
        }
        return counts;
    }

    private Run counted(Phase phase, ObjectNode request, Map<Phase, Map<Counted, Integer>> counts) {
        Counting counting = injections.counting(phase);
        Phase part = phase == Phase.RESTORE ? Phase.RESTORE : Phase.EXECUTE;
        Optional<Run> run = carriedOut(part, request, counting);
        counts.put(phase, counting.counts());
        return run.filter(ended ->
                        AllowedEndings.of(part, counting).stream().anyMatch(allowed -> allowed == ended.ending()))
                .orElseThrow(() -> new IllegalStateException("nothing was done to phase " + phase
                        + ", and its run did not end as it should: "
                        + run.map(ended -> ended.id() + " ended " + ended.ending() + " (" + ended.error() + ")")
                                .orElse("there is none")));
    }

    private ObjectNode execute(Run dryRun) {
        if (dryRun.confirm() == null) {
            throw new RequestInvalid("A dry run of plan " + dryRun.plan()
                    + " does not pass here, so that there is nothing" + " to rehearse: " + dryRun.error());
        }
        return ground.request("EXECUTE")
                .put("plan", ground.rehearsed().plan())
                .put("confirm", dryRun.confirm().token());
    }

    /** Makes a dry run that nothing gets in the way of. */
    private Run dryRun() {
        return dryRun(new ShadowReading(ground));
    }

    private Run dryRun(ShadowReading reading) {
        ground.calm(reading);
        return started(
                        Phase.EXECUTE,
                        ground.request("DRY_RUN").put("plan", ground.rehearsed().plan()))
                .orElseThrow();
    }

    private Optional<Run> undisturbed(Phase phase, ObjectNode request) {
        ground.calm();
        return started(phase, request);
    }

    private Optional<Run> started(Phase phase, ObjectNode request) {
        String execution = start(phase, request);
        ground.settle();
        return ground.platform().context().runs().findByExecution(execution);
    }

    private String start(Phase phase, JsonNode request) {
        return phase == Phase.EXECUTE
                ? ground.platform().startResync(null, request)
                : ground.platform().startRestore(null, request);
    }

    /** Carries out a request with the fault in it, where it is one of this part; returns its run if there is one. */
    private Optional<Run> carriedOut(Phase part, ObjectNode request, Injection injection) {
        Fault fault = injection.fault();
        Optional<Run> run;
        if (!fault.strikes(part)) {
            run = undisturbed(part, request);
        } else if (fault.kind() == FaultKind.KILL_ENGINE) {
            ground.calm();
            run = engines.kill(fault, request, injection::markHit);
        } else {
            Operator operator = new Operator(ground.platform(), fault.after(), ground.request("DRY_RUN"));
            Injection first = fault.phase() == Phase.WAY_BACK
                    ? injections.stopBetweenTargets(fault, () -> ground.arm(injection, operator))
                    : injection;
            ground.arm(first, operator);
            String execution = start(part, request);
            injections.started(execution);
            ground.settle();
            injection.release();
            ground.settle();
            ground.calm();
            run = ground.platform().context().runs().findByExecution(execution);
        }
        return run.map(found -> closed(found, injection));
    }

    /** What a lost event, a lost process or a restore that failed leaves open is found by reconcile. */
    private Run closed(Run run, Injection injection) {
        if (run.state() != RunState.CLOSED) {
            if (injection.struck() && injection.fault().kind() == FaultKind.LOST_EVENT) {
                injection.markHit();
            }
            ground.sinceReconcile().start();
            ground.reconcile();
        }
        return ground.platform().context().runs().require(run.id());
    }
}
