package dev.resync.bench.measure;

import dev.resync.bench.contender.ClusterSync;
import dev.resync.bench.contender.Contender;
import dev.resync.bench.contender.DriverCopy;
import dev.resync.bench.contender.DumpTools;
import dev.resync.bench.contender.Ground;
import dev.resync.bench.contender.LimitRead;
import dev.resync.bench.contender.LimitWrite;
import dev.resync.bench.contender.PerDocument;
import dev.resync.bench.contender.ResyncStages;
import dev.resync.bench.contender.SpringBatch;
import dev.resync.bench.contender.WholeResync;
import dev.resync.bench.data.BenchPlan;
import dev.resync.bench.data.Sources;
import dev.resync.bench.data.Wanted;
import dev.resync.bench.link.Link;
import dev.resync.bench.link.RangeReads;
import dev.resync.bench.measure.Report.Skipped;
import dev.resync.bench.process.JvmWatch;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.TargetPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Lets all contenders do the same work on the same documents and the same server, by turns: the order of contenders and that of
 * the two ways to the server are reversed from one repeat to the next. All run in this process, after an unmeasured pass of each:
 * so they share its flags, and nobody pays for the compilation of the driver or the mapping.
 */
public final class Benchmark {

    private static final List<Contender> CONTENDERS = List.of(
            new LimitRead(),
            new LimitWrite(),
            new PerDocument(),
            new SpringBatch(false),
            new SpringBatch(true),
            new DumpTools(),
            new ClusterSync(),
            new DriverCopy(),
            new ResyncStages(),
            new WholeResync());

    /** For passes that are not measured. */
    private static final Recorder NOBODY = new Recorder() {
        @Override
        public void measure(String row, Runnable work) {
            work.run();
        }

        @Override
        public void sum(String row, String... parts) {}

        @Override
        public void engineShare(String row, double share) {}
    };

    private final Settings settings;
    private final Consumer<String> progress;

    /** @param progress told what is being done, line by line */
    public Benchmark(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Measures all.
     *
     * @throws dev.resync.bench.data.OutputDiffers where a contender did not do the same as the others
     */
    public Report run() {
        try (Servers servers = Servers.start(settings)) {
            List<Skipped> skipped = new ArrayList<>(servers.skipped());
            List<Contender> present = new ArrayList<>();
            for (Contender contender : wanted()) {
                contender
                        .skipped()
                        .ifPresentOrElse(
                                why -> skipped.add(new Skipped(contender.name(), why)), () -> present.add(contender));
            }
            if (settings.warmUpDoctors() > 0) {
                progress.accept("warming up with " + settings.warmUpDoctors() + " doctors");
                warmUp(servers, present);
            }
            Report.Proxy roundTrip = servers.roundTrip();
            return measured(servers, present, skipped, roundTrip);
        }
    }

    /** Returns the names of all contenders. */
    public static List<String> contenders() {
        return CONTENDERS.stream().map(Contender::name).toList();
    }

    private List<Contender> wanted() {
        return CONTENDERS.stream()
                .filter(contender ->
                        settings.only().isEmpty() || settings.only().contains(contender.name()))
                .toList();
    }

    private void warmUp(Servers servers, List<Contender> contenders) {
        load(servers.bare(), settings.warmUpDoctors());
        for (int targets : settings.targets()) {
            Ground ground = ground(servers.bare(), targets);
            for (Link link : servers.links()) {
                contenders.forEach(contender -> contender.run(ground, link, NOBODY));
            }
        }
    }

    private Report measured(
            Servers servers, List<Contender> contenders, List<Skipped> skipped, Report.Proxy roundTrip) {
        progress.accept("loading " + settings.doctors() + " doctors");
        load(servers.bare(), settings.doctors());
        JvmWatch watch = new JvmWatch();
        List<Row> rows = new ArrayList<>();
        Ground ground = null;
        for (int targets : settings.targets()) {
            ground = ground(servers.bare(), targets);
            ServerScans scans = servers.database() == null ? null : new ServerScans(ground);
            Counting counting = counted(servers, contenders, ground);
            for (List<Figure> same : figures(servers, contenders, ground, watch)) {
                rows.add(
                        Row.of(same, settings.doctors(), counting.of(same.get(0).row()), scans));
            }
        }
        return new Report(
                settings.doctors(),
                sourceDocuments(ground),
                settings.repeats(),
                settings.concurrency(),
                ground.chunkDocuments(),
                new Report.Machine(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        Runtime.getRuntime().maxMemory() >> 20,
                        settings.mongoUri() == null ? "embedded" : "given"),
                roundTrip,
                rows,
                ratios(rows),
                skipped);
    }

    private static Counting counted(Servers servers, List<Contender> contenders, Ground ground) {
        RangeReads reads = new RangeReads();
        Counting counting = new Counting(reads);
        try (Link link = Link.counting(servers.bare().uri(), reads)) {
            contenders.stream()
                    .filter(Contender::readsRanges)
                    .forEach(contender -> contender.run(ground, link, counting));
        }
        return counting;
    }

    /** Returns the figures of each row and way together. */
    private Collection<List<Figure>> figures(
            Servers servers, List<Contender> contenders, Ground ground, JvmWatch watch) {
        int targets = ground.plan().targets().size();
        Map<List<Object>, List<Figure>> byRow = new LinkedHashMap<>();
        for (int repeat = 0; repeat < settings.repeats(); repeat++) {
            for (Link link : inTurn(servers.links(), repeat)) {
                for (Contender contender : inTurn(contenders, repeat)) {
                    progress.accept(String.format(
                            "%s, %d of %d, %s, targets: %d",
                            contender.name(), repeat + 1, settings.repeats(), link.name(), targets));
                    Measuring measuring = new Measuring(watch, servers.database(), targets, link);
                    contender.run(ground, link, measuring);
                    measuring.figures().forEach(figure -> byRow.computeIfAbsent(
                                    List.of(figure.link(), figure.row()), any -> new ArrayList<>())
                            .add(figure));
                }
            }
        }
        return byRow.values();
    }

    private static <T> List<T> inTurn(List<T> all, int repeat) {
        List<T> turned = new ArrayList<>(all);
        if (repeat % 2 == 1) {
            Collections.reverse(turned);
        }
        return turned;
    }

    private void load(Link bare, int doctors) {
        new Seeding(bare.client()).load(new RevalidationData(doctors, settings.seed(), RevalidationData.AS_OF));
        Sources.read(bare.store(), BenchPlan.of(settings.plans(), 1).plan()).writeJoined(bare.store());
    }

    private Ground ground(Link bare, int targets) {
        BenchPlan plans = BenchPlan.of(settings.plans(), targets);
        Plan plan = plans.plan();
        Sources sources = Sources.read(bare.store(), plan);
        return new Ground(
                plans,
                sources.keys(),
                Wanted.of(plan, sources),
                Ground.hashes(bare.store(), plan, TargetPlan::namespace),
                settings.concurrency(),
                settings.chunkDocuments() == null ? plan.chunkDocuments() : settings.chunkDocuments(),
                bare);
    }

    private static long sourceDocuments(Ground ground) {
        return ground.plan().sources().stream()
                .map(SourcePlan::namespace)
                .mapToLong(source -> ground.bare().store().size(source).documents())
                .sum();
    }

    private static Map<String, Map<String, Ratios>> ratios(List<Row> rows) {
        Map<String, Map<String, Ratios>> ratios = new TreeMap<>();
        Map<List<Object>, List<Row>> settings = new LinkedHashMap<>();
        rows.forEach(row -> settings.computeIfAbsent(List.of(row.targets(), row.link()), any -> new ArrayList<>())
                .add(row));
        settings.values().forEach(same -> ratios.computeIfAbsent(
                        same.get(0).targets() == 1 ? "oneTarget" : "twoTargets", any -> new TreeMap<>())
                .put(same.get(0).link(), Ratios.of(same)));
        return ratios;
    }
}
