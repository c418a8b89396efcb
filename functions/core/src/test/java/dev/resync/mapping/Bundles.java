package dev.resync.mapping;

import dev.resync.mapping.MappingResult.Mapped;
import dev.resync.mapping.MappingResult.Quarantined;
import dev.resync.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Makes bundles from JSON and maps them. */
final class Bundles {

    static final Instant RUN_START = Instant.parse("2024-02-29T12:34:56.789Z");

    private final BundleMapper mapper;
    private final BsonValue key;
    private final Map<String, List<BsonDocument>> documents = new LinkedHashMap<>();

    private Bundles(Plan plan, BsonValue key) {
        this.mapper = new BundleMapper(plan, RUN_START);
        this.key = key;
    }

    static Bundles of(Plan plan) {
        return new Bundles(plan, new BsonString("K"));
    }

    static Bundles of(Plan plan, BsonValue key) {
        return new Bundles(plan, key);
    }

    Bundles with(String source, String... json) {
        for (String each : json) {
            documents.computeIfAbsent(source, unused -> new ArrayList<>()).add(BsonDocument.parse(each));
        }
        return this;
    }

    MappingResult map() {
        return mapper.map(new Bundle(key, Map.copyOf(documents)));
    }

    Mapped mapped() {
        MappingResult result = map();
        if (result instanceof Mapped mapped) {
            return mapped;
        }
        throw new AssertionError("Not mapped: " + result);
    }

    /** Returns the document of the only target. */
    BsonDocument document() {
        return mapped().documents().values().iterator().next();
    }

    BsonDocument document(String target) {
        return mapped().documents().get(target);
    }

    List<MappingProblem> problems() {
        MappingResult result = map();
        if (result instanceof Quarantined quarantined) {
            return quarantined.problems();
        }
        throw new AssertionError("Not quarantined: " + result);
    }

    /** Returns the ids of the rules that were hit. */
    List<String> hits() {
        return mapped().hits().stream().mapToObj(mapper.ruleIds()::get).toList();
    }
}
