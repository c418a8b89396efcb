package dev.resync.bench.micro;

import dev.resync.bench.micro.MicroReport.Result;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of the hot parts and sets them beside their yardsticks. */
public final class MicroBenchmarks {

    private static final String DECODE = "decode";
    private static final String DIGEST = "digest";

    private MicroBenchmarks() {}

    /**
     * How long to measure.
     *
     * @param forks processes for each benchmark; 0 for this one, whose other work disturbs
     * @param warmUps iterations that do not count
     * @param iterations iterations that count, 1 or more
     * @param each time of one
     */
    public record Effort(int forks, int warmUps, int iterations, TimeValue each) {

        /** What a person waits for: about two minutes in all. */
        public static final Effort USUAL = new Effort(1, 3, 5, TimeValue.seconds(1));
    }

    /** Runs all. */
    public static MicroReport run(Effort effort) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(MicroBenchmarks.class.getPackageName() + "\\..*Benchmark\\..*")
                .forks(effort.forks())
                .warmupIterations(effort.warmUps())
                .warmupTime(effort.each())
                .measurementIterations(effort.iterations())
                .measurementTime(effort.each())
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        try {
            return report(new Runner(options.build()).run());
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmarks of the hot parts cannot be run", e);
        }
    }

    private static MicroReport report(Collection<RunResult> results) {
        Map<String, RunResult> byName = new TreeMap<>();
        results.forEach(result -> byName.put(result.getPrimaryResult().getLabel(), result));
        double decode = nanos(byName.get(DECODE));
        double digest = nanos(byName.get(DIGEST));
        List<Result> report = byName.entrySet().stream()
                .map(each -> new Result(
                        each.getKey(),
                        nanos(each.getValue()),
                        each.getValue().getPrimaryResult().getScoreError(),
                        nanos(each.getValue()) / decode,
                        nanos(each.getValue()) / digest))
                .sorted(Comparator.comparing(Result::name))
                .toList();
        return new MicroReport(report);
    }

    private static double nanos(RunResult result) {
        return result.getPrimaryResult().getScore();
    }
}
