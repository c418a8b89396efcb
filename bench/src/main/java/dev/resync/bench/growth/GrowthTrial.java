package dev.resync.bench.growth;

import dev.resync.bench.data.BenchPlan;
import dev.resync.bench.link.Link;
import dev.resync.bench.link.RangeQueries;
import dev.resync.bench.process.ChildProcess;
import dev.resync.bench.process.DatabaseMain;
import dev.resync.bench.process.JvmFigures;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs and restores whole with two numbers of documents, one function at a time, so that times add up: function by function in a
 * measured pass, then once more to find out what the embedded server's missing index ranges cost each of them.
 */
public final class GrowthTrial {

    /** Enough for both processes to be compiled: else the smaller number, which comes first, would look slower than it is. */
    private static final int WARM_UP_DOCTORS = 20_000;

    private static final int WARM_UPS = 2;

    private final Settings settings;
    private final Consumer<String> progress;

    /**
     * What is to be measured.
     *
     * @param doctors the smaller number of doctors
     * @param times how many times as many the larger number is, 2 or more
     * @param targets number of the plan's targets, 1 or 2
     * @param chunkDocuments documents of each collection in a chunk; null for what the plan says
     * @param serverMegabytes most heap of the embedded server
     * @param seed of the generator
     * @param plans folder of the plans
     */
    public record Settings(
            int doctors, int times, int targets, Integer chunkDocuments, int serverMegabytes, long seed, Path plans) {}

    /** @param progress told what is being done, line by line */
    public GrowthTrial(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Measures both sizes.
     *
     * @throws dev.resync.bench.data.OutputDiffers where a restore leaves other documents than there were
     */
    public GrowthReport run() {
        BenchPlan plan = BenchPlan.of(settings.plans(), settings.targets());
        int chunkDocuments =
                settings.chunkDocuments() == null ? plan.plan().chunkDocuments() : settings.chunkDocuments();
        GrowthReport.Size small = measured(plan, settings.doctors(), chunkDocuments);
        GrowthReport.Size large = measured(plan, settings.doctors() * settings.times(), chunkDocuments);
        return GrowthReport.of(settings.targets(), chunkDocuments, small, large);
    }

    private GrowthReport.Size measured(BenchPlan plan, int doctors, int chunkDocuments) {
        try (ChildProcess database = DatabaseMain.start(settings.serverMegabytes());
                Link bare = Link.open(Link.BARE, database.address())) {
            Clocks clocks = new Clocks(database);
            Pass pass = new Pass(plan, chunkDocuments, bare, clocks);
            int warmUp = Math.min(WARM_UP_DOCTORS, settings.doctors());
            progress.accept(String.format(Locale.ROOT, "warming up with %,d doctors", warmUp));
            load(bare, warmUp);
            database.ask(DatabaseMain.BEGIN);
            for (int i = 0; i < WARM_UPS; i++) {
                pass.run(bare, FunctionTimes.ofCalls(clocks));
            }
            scanned(pass, bare, clocks);

            progress.accept(String.format(Locale.ROOT, "loading %,d doctors", doctors));
            load(bare, doctors);
            progress.accept(String.format(Locale.ROOT, "measuring %,d doctors", doctors));
            database.ask(DatabaseMain.BEGIN);
            System.gc();
            FunctionTimes times = FunctionTimes.ofCalls(clocks);
            pass.run(bare, times);
            JvmFigures server = JvmFigures.read(database.ask(DatabaseMain.FIGURES));
            Clocks.Time resync = pass.resync();
            Clocks.Time restore = pass.restore();
            Clocks.Time engine = pass.engine();

            progress.accept(String.format(Locale.ROOT, "measuring the scans of %,d doctors", doctors));
            FunctionTimes scans = scanned(pass, bare, clocks);
            Map<String, GrowthReport.Spent> rows = new LinkedHashMap<>();
            Map<String, GrowthReport.Spent> scanned = scans.rows();
            times.rows().forEach((row, spent) -> rows.put(row, spent.withScans(scanned.get(row))));
            // With the engine's time, which no function has.
            rows.put(GrowthReport.RESYNC, times.sum(Pass.RESYNC).lasting(resync).withScans(scans.sum(Pass.RESYNC)));
            rows.put(
                    GrowthReport.RESTORE,
                    times.sum(Pass.RESTORE).lasting(restore).withScans(scans.sum(Pass.RESTORE)));
            return new GrowthReport.Size(
                    doctors,
                    pass.sourceDocuments(),
                    rows,
                    server.pauseMillis() / 1e3,
                    engine,
                    engine.processorSeconds() / resync.processorSeconds());
        }
    }

    private static FunctionTimes scanned(Pass pass, Link bare, Clocks clocks) {
        RangeQueries queries = new RangeQueries();
        FunctionTimes scans = FunctionTimes.ofScans(clocks, queries, new ExtraScans(bare.client(), clocks));
        try (Link listened = Link.counting(bare.uri(), queries)) {
            pass.run(listened, scans);
        }
        return scans;
    }

    private void load(Link link, int doctors) {
        new Seeding(link.client()).load(new RevalidationData(doctors, settings.seed(), RevalidationData.AS_OF));
    }
}
