package dev.resync.cli.drill;

import dev.resync.cli.drill.DrillReport.Hits;
import dev.resync.cli.drill.DrillReport.Violation;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.drill.FaultKind.Counted;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.progress.Step;
import dev.resync.cli.wire.WireRule;
import dev.resync.run.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Rehearses failure, round after round, and looks each time whether all that must hold still does. */
final class Drill implements AutoCloseable {

    private final Rehearsed rehearsed;
    private final Ground ground;
    private final FunctionProcesses processes;
    private final Round round;
    private final List<FaultKind> kinds;
    private final Progress progress;
    private int generation;

    /**
     * @param place where it takes place and what it needs
     * @param kinds faults to choose from, at least one
     * @param progress shown as rounds are played
     * @param meddling gets in the way of every command for good; identity but in tests of the drill itself
     */
    Drill(DrillPlace place, List<FaultKind> kinds, Progress progress, UnaryOperator<WireRule> meddling) {
        this.kinds = List.copyOf(kinds);
        this.progress = progress;
        rehearsed = place.rehearsed();
        Path plan = writePlan(place.folder(), rehearsed);
        ground = new Ground(place.server(), rehearsed, plan, place.clock(), new Random(1), meddling);
        try {
            rehearsed.load(ground.direct());
        } catch (RuntimeException unfit) {
            ground.close();
            throw unfit;
        }
        processes = kinds.contains(FaultKind.KILL_FUNCTION)
                ? new FunctionProcesses(
                        place.home(),
                        place.folder(),
                        place.server(),
                        rehearsed.plan(),
                        ground.platform().context().artifact())
                : null;
        round = new Round(
                ground,
                new Injections(ground, processes),
                new EngineProcesses(ground, place.server(), plan, place.mainClass()));
    }

    private static Path writePlan(Path folder, Rehearsed rehearsed) {
        try {
            Path plans = Files.createDirectories(folder.resolve("plans"));
            return Files.writeString(plans.resolve(rehearsed.plan() + ".json"), rehearsed.planText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Plays rounds.
     *
     * @param runs how many, 1 or more
     * @param seed of the first round; each further one has the next
     */
    DrillReport play(int runs, long seed) {
        FaultDraw draw = new FaultDraw(kinds, rehearsed, warmUp());
        List<Round.Result> results = new ArrayList<>();
        List<Violation> found = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            Fault fault = draw.of(seed + i);
            Round.Result result = play(fault);
            results.add(result);
            if (!result.violations().isEmpty()) {
                found.add(new Violation(seed + i, fault, result.violations()));
                progress.say("VIOLATION in round " + (i + 1) + " (seed " + (seed + i) + "): " + result.violations());
            }
            progress.show(new Step("drill", runs, i + 1, i + 1, Duration.ofNanos(System.nanoTime() - began)));
        }
        return report(seed, results, found);
    }

    /** Plays one round with a given fault. */
    Round.Result play(Fault fault) {
        prepare(fault.absent());
        return round.play(fault);
    }

    private void prepare(String absent) {
        ground.begin();
        rehearsed.prepare(ground.direct(), ++generation, absent);
        // What the reader saw of this is no view.
        ground.reader().take(Map.of());
        ground.reader().takeDocuments();
    }

    /** Rounds to which nothing happens tell how much there is to strike; live is brought back by them. */
    Map<Phase, Map<Counted, Integer>> warmUp() {
        prepare(null);
        return round.counted();
    }

    private DrillReport report(long seed, List<Round.Result> results, List<Violation> found) {
        Map<FaultKind, Hits> faults = new EnumMap<>(FaultKind.class);
        Map<Phase, Map<Ending, Integer>> endings = new EnumMap<>(Phase.class);
        int notAdmitted = 0;
        long reads = 0;
        long readerErrors = 0;
        long mixedReads = 0;
        double window = 0;
        for (Round.Result result : results) {
            Hits before = faults.getOrDefault(result.fault().kind(), new Hits(0, 0));
            faults.put(result.fault().kind(), new Hits(before.planned() + 1, before.hits() + (result.hit() ? 1 : 0)));
            result.endings()
                    .forEach((phase, ending) -> endings.computeIfAbsent(phase, name -> new EnumMap<>(Ending.class))
                            .merge(ending, 1, Integer::sum));
            notAdmitted += result.notAdmitted();
            reads += result.reads();
            readerErrors += result.readerErrors();
            mixedReads += result.mixedReads();
            // Times by clocks that are apart say nothing.
            boolean measured = result.fault().kind() != FaultKind.CLOCK_SKEW;
            window = Math.max(window, measured ? result.windowSeconds() : 0);
        }
        return new DrillReport(
                results.size(),
                seed,
                found.stream().mapToInt(violation -> violation.what().size()).sum(),
                readerErrors,
                faults,
                endings,
                notAdmitted,
                reads,
                mixedReads,
                seconds(ground.stopwatch()),
                seconds(ground.sinceReconcile()),
                window,
                found);
    }

    private static double seconds(Stopwatch stopwatch) {
        return stopwatch.longest().toMillis() / 1000.0;
    }

    @Override
    public void close() {
        if (processes != null) {
            processes.close();
        }
        ground.close();
    }
}
