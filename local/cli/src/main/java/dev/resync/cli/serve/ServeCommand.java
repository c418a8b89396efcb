package dev.resync.cli.serve;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.admin.Caller;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.local.EmbeddedDatabase;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.option.EnvironmentOptions;
import dev.resync.cli.output.Output;
import dev.resync.cli.schedule.Schedules;
import dev.resync.cli.stepfunctions.StepFunctionsServer;
import dev.resync.environment.Environment;
import dev.resync.error.RequestInvalid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import org.bson.BsonDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The embedded database as a process of its own, with all of Resync around it where asked for: demonstrations, first steps. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves an embedded database on the loopback address until it is stopped. Everything is in memory and gone"
                    + " afterwards: for first steps, not for data that matters.",
            "With --admin-port it serves the admin API and the console page as well, without sign-in, and carries out the"
                    + " runs that are started there.",
            "With --step-functions-port it answers the API of AWS Step Functions, for the AWS command line and the SDKs;"
                    + " signatures are not checked, so that whoever works on this machine may use it.",
            "With either of them, the schedules of the profile fire here as they do in a deployment.",
            "Prints `ready` and the connection string once everything is loaded, then where the rest answers."
        })
public final class ServeCommand implements Callable<Integer> {

    private static final int MOST_PORT = 65_535;
    private static final int EVERY = 50_000;
    /** Of the demonstration, so that both show the same doctors. */
    private static final long SEED = 7;

    @Option(
            names = "--mongo-port",
            paramLabel = "P",
            defaultValue = "27017",
            description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--load",
            paramLabel = "DB.COLLECTION=FILE",
            description = "JSON lines (extended JSON), plain or gzip, to load first. May be repeated.")
    private Map<String, Path> load = new LinkedHashMap<>();

    @Option(
            names = "--doctors",
            paramLabel = "N",
            description = "Load the revalidation example with so many doctors, 1 to 10,000,000.")
    private Integer doctors;

    @Option(
            names = "--admin-port",
            paramLabel = "P",
            description = "Port of the admin API and the console page, 0 for any free one; needs --environment.")
    private Integer adminPort;

    @Option(
            names = "--step-functions-port",
            paramLabel = "P",
            description = "Port of the Step Functions API, 0 for any free one; needs --environment.")
    private Integer stepFunctionsPort;

    @Option(
            names = "--plans",
            paramLabel = "DIR",
            defaultValue = "${sys:resync.home:-.}/plans",
            description = "Folder of the plans that may be run (default: plans).")
    private Path plans;

    @Option(
            names = "--caller",
            paramLabel = "WHO",
            defaultValue = "${sys:user.name}",
            description = "Whom the admin API takes everybody for who calls it (default: ${DEFAULT-VALUE}).")
    private String caller;

    @Mixin
    private EnvironmentOptions environment;

    @Option(names = "--until-input-ends", hidden = true, description = "Stop when standard input ends.")
    private boolean untilInputEnds;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException, IOException {
        load.keySet().forEach(ServeCommand::namespace);
        requirePort("--mongo-port", port);
        if (doctors != null && (doctors < 1 || doctors > RevalidationData.MOST_DOCTORS)) {
            throw new RequestInvalid(
                    "--doctors is " + doctors + "; expected 1 to " + RevalidationData.MOST_DOCTORS + ".");
        }
        if (adminPort != null) {
            requirePort("--admin-port", adminPort);
        }
        if (stepFunctionsPort != null) {
            requirePort("--step-functions-port", stepFunctionsPort);
        }
        Environment served = adminPort == null && stepFunctionsPort == null ? null : environment.environment(null);
        try (EmbeddedDatabase database = new EmbeddedDatabase(port)) {
            loadAll(database.uri());
            Map<String, String> ready = new LinkedHashMap<>();
            ready.put("ready", database.uri());
            try (ServedPlatform platform = served == null ? null : platform(database.uri(), served);
                    AdminServer admin = adminPort == null ? null : admin(platform);
                    StepFunctionsServer stepFunctions = stepFunctionsPort == null
                            ? null
                            : new StepFunctionsServer(stepFunctionsPort, platform::platform);
                    Schedules schedules = platform == null ? null : schedules(platform, served)) {
                if (admin != null) {
                    ready.put("admin", admin.url());
                }
                if (stepFunctions != null) {
                    ready.put("step-functions", stepFunctions.url());
                }
                if (schedules != null) {
                    schedules.begin();
                }
                say(ready);
                await();
            }
        }
        return ExitCode.DONE.code();
    }

    private ServedPlatform platform(String uri, Environment served) {
        return new ServedPlatform(uri, served, environment.shown(), plans, PlatformHooks.NONE);
    }

    private AdminServer admin(ServedPlatform platform) {
        return new AdminServer(
                adminPort, platform.context(), platform.executions(), () -> new Caller(caller, List.of()));
    }

    private static Schedules schedules(ServedPlatform platform, Environment served) {
        return new Schedules(
                served,
                platform.context().clock(),
                request -> platform.platform().startResync(null, request),
                System.err::println);
    }

    private void say(Map<String, String> ready) {
        if (output.json()) {
            output.print(ready);
        } else {
            output.print(ready.entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue())
                    .toList());
        }
    }

    private void await() throws InterruptedException, IOException {
        if (untilInputEnds) {
            untilInputEnds();
        } else {
            new CountDownLatch(1).await();
        }
    }

    private static void requirePort(String option, int port) {
        if (port < 0 || port > MOST_PORT) {
            throw new RequestInvalid(option + " is " + port + "; expected 0 to " + MOST_PORT + ".");
        }
    }

    private void loadAll(String uri) {
        try (MongoClient client = MongoClients.create(uri)) {
            if (doctors != null) {
                new Seeding(client).load(new RevalidationData(doctors, SEED, RevalidationData.AS_OF));
                System.err.printf("loaded the example with %,d doctors%n", doctors);
            }
            load.forEach((name, file) -> {
                MongoNamespace namespace = namespace(name);
                long documents = new DocumentFile(file)
                        .insertInto(
                                client.getDatabase(namespace.getDatabaseName())
                                        .getCollection(namespace.getCollectionName(), BsonDocument.class),
                                progress(name));
                System.err.printf("loaded %,d documents into %s%n", documents, name);
            });
        }
    }

    private static MongoNamespace namespace(String name) {
        int dot = name.indexOf('.');
        if (dot < 1 || dot == name.length() - 1) {
            throw new RequestInvalid(
                    "--load names " + name + "; expected DB.COLLECTION=FILE, such as world.cities=cities.jsonl.");
        }
        try {
            return new MongoNamespace(name);
        } catch (IllegalArgumentException e) {
            throw new RequestInvalid("--load names " + name + ", which is no name of a collection: " + e.getMessage()
                    + ". Expected DB.COLLECTION=FILE, such as world.cities=cities.jsonl.");
        }
    }

    /** A line every so many documents: how many there will be is not known before the end. */
    private static LongConsumer progress(String name) {
        long begun = System.nanoTime();
        return documents -> {
            if (documents % EVERY == 0) {
                long seconds = Math.max(1, (System.nanoTime() - begun) / 1_000_000_000);
                System.err.printf("loading %s: %,d documents, %,d/s%n", name, documents, documents / seconds);
            }
        };
    }

    /** The process that started this one holds the other end: when it dies, however it dies, this ends as well. */
    private static void untilInputEnds() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is expected to come.
            continue;
        }
        // At once: there is nothing to keep, and nobody is left to wait for threads.
        Runtime.getRuntime().halt(ExitCode.DONE.code());
    }
}
