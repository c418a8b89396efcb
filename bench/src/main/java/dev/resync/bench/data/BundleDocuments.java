package dev.resync.bench.data;

import dev.resync.mapping.Bundle;
import dev.resync.mapping.BundleMapper;
import dev.resync.mapping.MappingResult.Mapped;
import dev.resync.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * The product's own mapping, which all contenders use: so they differ in how they move documents and in nothing else. Safe for
 * use by several threads.
 */
public final class BundleDocuments {

    private final BundleMapper mapper;

    /** The plan's rules must not depend on the start of the run. */
    public BundleDocuments(Plan plan) {
        this.mapper = new BundleMapper(plan, Instant.EPOCH);
    }

    /**
     * Maps all documents of one key.
     *
     * @param documents by source; empty lists count as none
     * @return a document for each target; empty where the bundle belongs into quarantine
     */
    public Map<String, BsonDocument> of(BsonValue key, Map<String, ? extends List<? extends BsonDocument>> documents) {
        return mapper.map(new Bundle(key, Map.copyOf(documents))) instanceof Mapped mapped
                ? mapped.documents()
                : Map.of();
    }
}
