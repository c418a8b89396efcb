package dev.resync.bench.micro;

import dev.resync.bench.data.BenchPlan;
import dev.resync.cli.demo.RevalidationCollection;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.mapping.Bundle;
import dev.resync.mapping.BundleMapper;
import dev.resync.mapping.Classified;
import dev.resync.mapping.MappingResult.Mapped;
import dev.resync.mapping.SourceClassifier;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same thousand doctors in all forms in which the hot parts meet them. */
@State(Scope.Benchmark)
public class Bundles {

    /** Bundles that each operation goes through. */
    public static final int COUNT = 1000;

    private static final long SEED = 7;
    /** More than are needed: some have no driving row, or go to quarantine. */
    private static final int DOCTORS = 1100;

    private static final String PLANS = System.getProperty("resync.home", ".") + "/plans";
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    BundleMapper oneTarget;
    BundleMapper twoTargets;
    final List<Bundle> bundles = new ArrayList<>();
    final List<RawBsonDocument> fragments = new ArrayList<>();
    /** Source documents of all bundles, about four each, 1,270 bytes together. */
    final List<RawBsonDocument> sources = new ArrayList<>();
    /** Documents of the first target, about 730 bytes each. */
    final List<RawBsonDocument> documents = new ArrayList<>();
    /** The same with their {@code _id} at the end. */
    final List<RawBsonDocument> unordered = new ArrayList<>();

    @Setup(Level.Trial)
    public void make() {
        Plan plan = BenchPlan.of(Path.of(PLANS), 1).plan();
        oneTarget = new BundleMapper(plan, Instant.EPOCH);
        twoTargets = new BundleMapper(BenchPlan.of(Path.of(PLANS), 2).plan(), Instant.EPOCH);
        byKey(plan).forEach((key, sources) -> {
            Bundle bundle = new Bundle(key, Map.copyOf(sources));
            if (bundles.size() < COUNT && oneTarget.map(bundle) instanceof Mapped mapped) {
                bundles.add(bundle);
                fragments.add(fragment(key, sources));
                sources.values().forEach(this.sources::addAll);
                BsonDocument document = mapped.documents().values().iterator().next();
                documents.add(new RawBsonDocument(document, CODEC));
                BsonDocument idLast = document.clone();
                idLast.put("_id", idLast.remove("_id"));
                unordered.add(new RawBsonDocument(idLast, CODEC));
            }
        });
        if (bundles.size() < COUNT) {
            throw new IllegalStateException("only " + bundles.size() + " bundles of " + COUNT + " can be mapped");
        }
    }

    private static Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey(Plan plan) {
        RevalidationData data = new RevalidationData(DOCTORS, SEED, RevalidationData.AS_OF);
        Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey = new LinkedHashMap<>();
        for (SourcePlan source : plan.sources()) {
            SourceClassifier classifier = new SourceClassifier(source, plan.keyType());
            data.documents(RevalidationCollection.named(source.namespace().getCollectionName()))
                    .forEach(document -> {
                        if (classifier.classify(document) instanceof Classified.Keyed keyed) {
                            byKey.computeIfAbsent(keyed.key(), any -> new LinkedHashMap<>())
                                    .computeIfAbsent(source.name(), any -> new ArrayList<>(1))
                                    .add(new RawBsonDocument(document, CODEC));
                        }
                    });
        }
        return byKey;
    }

    /** As staging has it. */
    private static RawBsonDocument fragment(BsonValue key, Map<String, List<RawBsonDocument>> sources) {
        BsonDocument documents = new BsonDocument();
        sources.forEach((source, found) -> documents.append(source, new BsonArray(found)));
        BsonDocument id =
                new BsonDocument("key", key).append("chunk", new BsonInt32(0)).append("ordinal", new BsonInt32(0));
        return new RawBsonDocument(
                new BsonDocument("_id", id)
                        .append("key", key)
                        .append("chunk", new BsonInt32(0))
                        .append("documents", documents),
                CODEC);
    }
}
