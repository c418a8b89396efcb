package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import dev.resync.cli.Cli;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.local.TestServer;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.cli.run.GateScenario.DocumentChange;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** A database on which a story about gates is played with the commands that a person would type. */
final class GateStage implements AutoCloseable {

    /** So many that the example's own quarantined doctors stay below the limit. */
    private static final int DOCTORS = 2_000;

    private static final Instant AS_OF = Instant.parse("2026-06-15T09:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GateScenario scenario;
    private final AutoCloseable server;
    private final MongoClient client;
    private final String uri;
    private final JsonNode plan;
    private final Path file;
    private Map<String, ContentHash> liveBefore;

    GateStage(GateScenario scenario, Path folder) throws IOException {
        this.scenario = scenario;
        this.file = folder.resolve(scenario.data() + ".json");
        if (scenario.data().equals("world")) {
            WorldDatabase world = new WorldDatabase();
            world.realRun();
            server = world;
            uri = world.uri();
            client = MongoClients.create(uri);
            plan = patched(Path.of(WorldDatabase.PLAN));
        } else {
            TestServer embedded = new TestServer();
            server = embedded;
            uri = embedded.uri();
            client = MongoClients.create(uri);
            client.getDatabase("resync").drop();
            client.getDatabase(RevalidationData.DATABASE).drop();
            new Seeding(client).load(new RevalidationData(DOCTORS, 7, AS_OF));
            plan = patched(WorldDatabase.PLANS.resolve("revalidation.json"));
        }
    }

    private JsonNode patched(Path original) throws IOException {
        JsonNode document = JSON.readTree(original.toFile());
        scenario.plan().forEach(patch -> patch.applyTo(document));
        Files.writeString(file, document.toString());
        return document;
    }

    /**
     * Makes a dry run; if it passes, changes the documents and makes the real run.
     *
     * @return the receipt of the last run
     */
    JsonNode play() {
        liveBefore = live();
        JsonNode dryRun = run();
        String token = dryRun.path("confirm").asText();
        if (token.isEmpty()) {
            return dryRun;
        }
        scenario.documents().forEach(this::change);
        liveBefore = live();
        return run("--confirm", token);
    }

    private JsonNode run(String... others) {
        List<String> arguments = new ArrayList<>(List.of("run", "--json", "--mongo-uri", uri, "--environment", "test"));
        arguments.addAll(List.of("--plan", file.toString(), "--requested-by", "Ada", "--reason", "a story"));
        arguments.addAll(List.of(others));
        JsonNode receipt = Cli.type(arguments.toArray(String[]::new)).json();
        ReceiptSchema.requireKept(receipt);
        return receipt;
    }

    private void change(DocumentChange change) {
        MongoCollection<BsonDocument> collection =
                collection(new MongoNamespace(change.collection()), BsonDocument.class);
        if (change.insert() != null) {
            collection.insertMany(change.insert().stream()
                    .map(document -> BsonDocument.parse(document.toString()))
                    .toList());
            return;
        }
        BsonDocument filter = change.filter() == null
                ? new BsonDocument()
                : BsonDocument.parse(change.filter().toString());
        List<BsonDocument> found =
                collection.find(filter).sort(Sorts.ascending("_id")).into(new ArrayList<>());
        int most = change.share() == null ? found.size() : (int) Math.ceil(change.share() * found.size());
        assertThat(most).as("documents that %s changes", change).isPositive();
        for (BsonDocument document : found.subList(0, most)) {
            if (change.delete()) {
                collection.deleteOne(Filters.eq("_id", document.get("_id")));
            } else {
                collection.updateOne(
                        Filters.eq("_id", document.get("_id")),
                        BsonDocument.parse(change.update().toString()));
            }
        }
    }

    Map<String, ContentHash> liveBefore() {
        return liveBefore;
    }

    /** Returns the hash of each target. */
    Map<String, ContentHash> live() {
        Map<String, ContentHash> hashes = new TreeMap<>();
        plan.path("targets").forEach(target -> {
            String namespace = target.path("namespace").asText();
            HashSum sum = new HashSum();
            collection(new MongoNamespace(namespace), RawBsonDocument.class)
                    .find()
                    .forEach(sum::add);
            hashes.put(namespace, sum.toContentHash());
        });
        return hashes;
    }

    private <T> MongoCollection<T> collection(MongoNamespace namespace, Class<T> type) {
        return client.getDatabase(namespace.getDatabaseName()).getCollection(namespace.getCollectionName(), type);
    }

    @Override
    public void close() {
        client.close();
        try {
            server.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
