package dev.resync.cli.drill;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.local.DatabaseProcess;
import dev.resync.cli.output.Output;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.progress.ProgressStyle;
import dev.resync.error.RequestInvalid;
import dev.resync.plan.Apply;
import dev.resync.store.MongoStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rehearses failure: a fault at a random point of each run, then a look at whether all that must hold still does. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = "Rehearses failure on scratch data: snapshot, sync, a fault at a random point, close, restore,"
                + " comparison by hash. Ends with 0 where nothing happened that must not.")
public final class DrillCommand implements Callable<Integer> {

    private static final int HEAP_MEGABYTES = 1024;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "50",
            description = "Rounds, 1 or more (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the first round; each further one has the next (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--faults",
            paramLabel = "LIST",
            split = ",",
            description = "Faults to choose from, separated by commas (default: all): ${COMPLETION-CANDIDATES}.")
    private FaultKind[] faults = FaultKind.values();

    @Option(
            names = "--mongo-uri",
            paramLabel = "URI",
            description = "Server to rehearse on, for tests only; its databases resync and " + Rehearsed.DATABASE
                    + " must not exist, and are gone afterwards (default: an embedded one).")
    private String uri;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Rehearse a plan of yours: its sources are read where they are, its targets copied to "
                    + Rehearsed.DATABASE + " and rebuilt there. Needs --mongo-uri (default: scratch data).")
    private Path plan;

    @Option(
            names = "--apply",
            paramLabel = "HOW",
            converter = ApplyOption.class,
            completionCandidates = ApplyOption.class,
            description =
                    "How views are changed: ${COMPLETION-CANDIDATES} (default: swap; of --plan, as it says). In place,"
                            + " readers see old and new documents side by side for a while, which is measured.")
    private Apply apply;

    @Option(names = "--home", defaultValue = "${sys:resync.home:-.}", hidden = true, description = "The repository.")
    private Path home;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs is " + runs + "; expected 1 or more.");
        }
        if (plan != null && uri == null) {
            throw new RequestInvalid(
                    "--plan needs --mongo-uri; expected the server for tests that has the plan's sources and"
                            + " targets. Nothing was changed.");
        }
        Path folder = Files.createTempDirectory("resync-drill");
        try {
            return uri == null ? onEmbedded(folder) : onServer(folder);
        } finally {
            delete(folder);
        }
    }

    private int onEmbedded(Path folder) {
        try (DatabaseProcess database =
                new DatabaseProcess(spec.root().userObject().getClass(), HEAP_MEGABYTES)) {
            return play(new DrillServer(database.uri()), folder);
        }
    }

    private int onServer(Path folder) {
        DrillServer server = new DrillServer(uri);
        try (MongoClient client = MongoClients.create(uri)) {
            requireFree(client);
            try {
                return play(server, folder);
            } finally {
                client.getDatabase(MongoStore.CONTROL_DATABASE).drop();
                client.getDatabase(Rehearsed.DATABASE).drop();
            }
        }
    }

    /** Runs of others must not be taken for the drill's own, which it closes by force. */
    private static void requireFree(MongoClient client) {
        Set<String> taken = new TreeSet<>(Set.of(MongoStore.CONTROL_DATABASE, Rehearsed.DATABASE));
        taken.retainAll(client.listDatabaseNames().into(new TreeSet<>()));
        if (!taken.isEmpty()) {
            throw new RequestInvalid("--mongo-uri names a server that has databases " + taken
                    + "; a drill needs one for tests, without them. Nothing was changed.");
        }
    }

    private int play(DrillServer server, Path folder) {
        DrillPlace place = new DrillPlace(
                server, rehearsed(), folder, home, spec.root().userObject().getClass(), Clock.systemUTC());
        Progress progress = ProgressStyle.of(Ground.ENVIRONMENT, output.json());
        try (progress;
                Drill drill = new Drill(
                        place,
                        Arrays.stream(faults).distinct().sorted().toList(),
                        progress,
                        UnaryOperator.identity())) {
            DrillReport report = drill.play(runs, seed);
            progress.close();
            if (output.json()) {
                output.print(report);
            } else {
                output.print(DrillText.of(report));
            }
            return (report.kept() ? ExitCode.DONE : ExitCode.PROMISE_BROKEN).code();
        }
    }

    private Rehearsed rehearsed() {
        return plan == null ? new ScratchData(apply) : new CopiedTargets(plan, apply);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
