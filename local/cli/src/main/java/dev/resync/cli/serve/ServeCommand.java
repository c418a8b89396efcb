package dev.resync.cli.serve;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.local.EmbeddedDatabase;
import dev.resync.cli.output.Output;
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

/** The embedded database as a process of its own, for demonstrations and first steps. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves an embedded database on the loopback address until it is stopped. Everything is in memory and gone"
                    + " afterwards: for first steps, not for data that matters.",
            "Prints `ready` and the connection string once everything is loaded."
        })
public final class ServeCommand implements Callable<Integer> {

    private static final int MOST_PORT = 65_535;
    private static final int EVERY = 50_000;

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

    @Option(names = "--until-input-ends", hidden = true, description = "Stop when standard input ends.")
    private boolean untilInputEnds;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException, IOException {
        load.keySet().forEach(ServeCommand::namespace);
        if (port < 0 || port > MOST_PORT) {
            throw new RequestInvalid("--mongo-port is " + port + "; expected 0 to " + MOST_PORT + ".");
        }
        try (EmbeddedDatabase database = new EmbeddedDatabase(port)) {
            loadAll(database.uri());
            if (output.json()) {
                output.print(Map.of("ready", database.uri()));
            } else {
                output.print(List.of("ready " + database.uri()));
            }
            if (untilInputEnds) {
                untilInputEnds();
            } else {
                new CountDownLatch(1).await();
            }
        }
        return ExitCode.DONE.code();
    }

    private void loadAll(String uri) {
        try (MongoClient client = MongoClients.create(uri)) {
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
