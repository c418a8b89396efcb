package dev.resync.cli.run;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.local.TestServer;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** A database with the sources of the example plan {@code world}, and the commands that work on it. */
final class WorldDatabase implements AutoCloseable {

    static final Path PLANS = Path.of("..", "..", "plans");
    static final String PLAN = PLANS.resolve("examples").resolve("world.json").toString();
    static final int REGIONS = 200;
    private static final int CITIES_A_REGION = 5;

    private final TestServer server = new TestServer();
    private final MongoClient client;
    private final String uri;

    WorldDatabase() {
        this(REGIONS);
    }

    /** @param size number of regions */
    WorldDatabase(int size) {
        uri = server.uri();
        client = MongoClients.create(uri);
        client.getDatabase("resync").drop();
        client.getDatabase("world").drop();
        List<BsonDocument> regions = new ArrayList<>();
        List<BsonDocument> cities = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            regions.add(BsonDocument.parse("{_id: 'R.%03d', name: 'Region %d', country: 'R'}".formatted(i, i)));
            for (int j = 0; j < CITIES_A_REGION; j++) {
                cities.add(BsonDocument.parse(
                        "{_id: %d, name: 'City %d', lat: '%d.5', lng: '-%d.25', regionCode: 'R.%03d'}"
                                .formatted(i * CITIES_A_REGION + j, j, i % 90, j, i)));
            }
        }
        cities.add(BsonDocument.parse("{_id: -1, name: 'Nowhere', lat: '1', lng: '1', regionCode: 'X.01'}"));
        cities.add(BsonDocument.parse("{_id: -2, name: 'Keyless', lat: '1', lng: '1', regionCode: ''}"));
        collection("regions").insertMany(regions);
        collection("cities").insertMany(cities);
    }

    String uri() {
        return uri;
    }

    MongoCollection<BsonDocument> collection(String name) {
        return client.getDatabase("world").getCollection(name, BsonDocument.class);
    }

    MongoCollection<BsonDocument> control(String name) {
        return client.getDatabase("resync").getCollection(name, BsonDocument.class);
    }

    /** Returns the names of all collections beside the control data, ascending. */
    List<String> names() {
        return client.getDatabase("world").listCollectionNames().into(new ArrayList<>()).stream()
                .sorted()
                .toList();
    }

    boolean viewExists() {
        return client.getDatabase("world")
                .listCollectionNames()
                .into(new ArrayList<>())
                .contains("regionView");
    }

    ContentHash view() {
        return view("regionView");
    }

    ContentHash view(String name) {
        HashSum sum = new HashSum();
        client.getDatabase("world")
                .getCollection(name, RawBsonDocument.class)
                .find()
                .forEach(sum::add);
        return sum.toContentHash();
    }

    /** Returns the arguments of a run of the plan in the file, followed by others. */
    String[] run(String plan, String... others) {
        return arguments("run", List.of("--plan", plan, "--requested-by", "Ada", "--reason", "a test"), others);
    }

    /** Returns the arguments of a command on this database in environment test, as JSON. */
    String[] arguments(String command, List<String> options, String... others) {
        List<String> all = new ArrayList<>(List.of(command, "--json", "--mongo-uri", uri, "--environment", "test"));
        all.addAll(options);
        all.addAll(List.of(others));
        return all.toArray(String[]::new);
    }

    /** Makes a dry run that must pass; returns its token. */
    String token() {
        Said dryRun = Cli.type(run(PLAN));
        ReceiptSchema.requireKept(dryRun.json());
        return dryRun.json().path("confirm").asText();
    }

    /** Makes a dry run and the real run. */
    Said realRun() {
        Said real = Cli.type(run(PLAN, "--confirm", token()));
        ReceiptSchema.requireKept(real.json());
        return real;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
