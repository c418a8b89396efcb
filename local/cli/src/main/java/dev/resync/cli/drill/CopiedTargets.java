package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import dev.resync.error.RequestInvalid;
import dev.resync.plan.Apply;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import dev.resync.plan.TargetPlan;
import dev.resync.store.BulkWriter;
import dev.resync.store.CollectionShape;
import dev.resync.store.MongoStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * The targets of a real plan, copied under other names. Its sources are read where they are and never written to; the
 * originals of the targets are read once.
 */
final class CopiedTargets implements Rehearsed {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LEAST_CHUNK = 50;
    /** A few chunks for each view, so that there is something to strike between them. */
    private static final int CHUNKS = 4;

    private final Plan plan;
    private final String text;
    /** Copies by original. */
    private final Map<MongoNamespace, MongoNamespace> copies;

    private long documents;

    /**
     * Reads a plan.
     *
     * @param apply how the copies are changed; null for as the plan says
     * @throws dev.resync.error.PlanInvalid where it is not valid
     * @throws RequestInvalid where it works with the database of the drill itself
     */
    CopiedTargets(Path file, Apply apply) {
        plan = new PlanFile(file, new PlanReader()).read();
        copies = new LinkedHashMap<>();
        for (TargetPlan target : plan.targets()) {
            if (target.namespace().getDatabaseName().equals(DATABASE)) {
                throw new RequestInvalid("Target " + target.name() + " of " + file + " is in " + DATABASE
                        + ", the database that a drill makes and drops. Nothing was changed.");
            }
            copies.put(target.namespace(), new MongoNamespace(DATABASE, target.name()));
        }
        text = renamed(file, apply);
    }

    private String renamed(Path file, Apply apply) {
        try {
            JsonNode document = JSON.readTree(Files.readString(file));
            plan.targets().forEach(target -> {
                ObjectNode described = (ObjectNode) document.path("targets").path(target.name());
                described.put("namespace", copies.get(target.namespace()).getFullName());
                if (apply != null) {
                    described.put("apply", apply == Apply.IN_PLACE ? "in-place" : "swap");
                }
                // Nobody has a change stream on a copy.
                described.put("changeStreamConsumers", "none");
            });
            return document.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String plan() {
        return plan.name();
    }

    @Override
    public String planText() {
        return text;
    }

    @Override
    public List<MongoNamespace> views() {
        return copies.values().stream()
                .sorted(Comparator.comparing(MongoNamespace::getFullName))
                .toList();
    }

    @Override
    public int chunkDocuments() {
        return (int) Math.max(LEAST_CHUNK, Math.min(documents / CHUNKS, plan.chunkDocuments()));
    }

    @Override
    public boolean mayBeAbsent() {
        return false;
    }

    @Override
    public boolean inPlace() {
        return new PlanReader()
                .read(plan.name(), text).targets().stream().anyMatch(target -> target.apply() == Apply.IN_PLACE);
    }

    @Override
    public MongoNamespace bare() {
        return new MongoNamespace(DATABASE, "bare");
    }

    @Override
    public void load(MongoClient client) {
        MongoStore store = new MongoStore(client);
        client.getDatabase(DATABASE).drop();
        store.create(bare(), new BsonDocument());
        List<String> missing = new ArrayList<>();
        copies.forEach((original, copy) -> {
            Optional<CollectionShape> shape = store.shape(original);
            shape.ifPresentOrElse(
                    found -> copy(store, original, copy, found), () -> missing.add(original.getFullName()));
        });
        if (!missing.isEmpty()) {
            throw new RequestInvalid("Live " + missing + " of plan " + plan.name()
                    + " does not exist on the server that --mongo-uri names; a drill needs something to go back to. Run the"
                    + " plan once, or leave --plan out to rehearse on scratch data.");
        }
    }

    private void copy(MongoStore store, MongoNamespace original, MongoNamespace copy, CollectionShape shape) {
        store.create(copy, shape.options());
        try (BulkWriter writer = BulkWriter.ofCopies(store, copy)) {
            for (RawBsonDocument document : store.scan(original)) {
                writer.write(document);
            }
        }
        store.createIndexes(copy, shape.lastingIndexes());
        store.createIndexes(copy, shape.expiringIndexes());
        documents = Math.max(documents, store.size(copy).documents());
    }

    /** Every round brings its views back, and the sources are not the drill's to change. */
    @Override
    public void prepare(MongoClient client, int generation, String absent) {}
}
