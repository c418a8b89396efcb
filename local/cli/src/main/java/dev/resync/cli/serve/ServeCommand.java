package dev.resync.cli.serve;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoNamespace;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.local.EmbeddedDatabase;
import dev.resync.cli.output.Output;
import dev.resync.error.DocumentsInvalid;
import dev.resync.error.RequestInvalid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
                try {
                    long documents = new DocumentFile(file)
                            .insertInto(
                                    client.getDatabase(namespace.getDatabaseName())
                                            .getCollection(namespace.getCollectionName(), BsonDocument.class),
                                    so -> {});
                    System.err.printf("loaded %,d documents into %s%n", documents, name);
                } catch (MongoBulkWriteException | MongoWriteException e) {
                    throw new DocumentsInvalid(
                            "File " + file + " cannot be loaded into " + name + ": " + e.getMessage()
                                    + ". Mend the file and load again.",
                            e);
                }
            });
        }
    }

    private static MongoNamespace namespace(String name) {
        int dot = name.indexOf('.');
        if (dot < 1 || dot == name.length() - 1) {
            throw new RequestInvalid(
                    "--load names " + name + "; expected DB.COLLECTION=FILE, such as world.cities=cities.jsonl.");
        }
        return new MongoNamespace(name);
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
