package dev.resync.shadow;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.mapping.BundleMapper;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.store.BulkWriter;
import dev.resync.store.MongoStore;
import dev.resync.sync.StagedBundle;
import java.util.Map;
import java.util.TreeMap;
import org.bson.RawBsonDocument;

/** Maps the bundles of one chunk and writes what comes of them to the open shadows and quarantine. For one thread. */
final class ShadowWriter implements MappedBundles.Output, AutoCloseable {

    private final PreservedFields preserved;
    private final MappedBundles bundles;
    private final Map<String, Open> shadows = new TreeMap<>();
    private final Open quarantine;

    ShadowWriter(MongoStore store, Run run, BundleMapper mapper, PreservedFields preserved) {
        this.preserved = preserved;
        this.bundles = new MappedBundles(run.id(), mapper, this);
        int generation = run.openGeneration(ChunkStage.MAP);
        boolean shown = !mapper.sensitivity().any();
        for (RunTarget target : run.targets()) {
            RunCollection shadow = RunCollection.of(run, CollectionKind.SHADOW, target);
            shadows.put(target.name(), new Open(store, shadow, generation, shown));
        }
        quarantine = new Open(store, RunCollection.of(run, CollectionKind.QUARANTINE), generation, shown);
    }

    /** Maps a bundle and writes what comes of it. */
    void write(StagedBundle bundle) {
        bundles.map(bundle, preserved.of(bundle.key()));
    }

    @Override
    public void mapped(String target, RawBsonDocument document) {
        shadows.get(target).write(document);
    }

    @Override
    public void quarantined(RawBsonDocument bundle) {
        quarantine.write(bundle);
    }

    /** Writes what is left and returns the account of the chunk. */
    ChunkResult finish() {
        close();
        Map<String, ContentHash> written = new TreeMap<>();
        shadows.values().forEach(open -> open.addTo(written));
        quarantine.addTo(written);
        MappedTotals totals = bundles.totals();
        return new ChunkResult(
                totals.bundles(), written, totals.sources(), Map.of(), totals.ruleHits(), totals.unmappedFields());
    }

    @Override
    public void close() {
        shadows.values().forEach(Open::close);
        quarantine.close();
    }

    private static final class Open {
        private final RunCollection collection;
        private final BulkWriter writer;
        private final HashSum sum = new HashSum();

        private Open(MongoStore store, RunCollection collection, int generation, boolean shown) {
            this.collection = collection;
            MongoNamespace open = collection.open(generation);
            this.writer = shown ? BulkWriter.ofShown(store, open) : new BulkWriter(store, open);
        }

        private void write(RawBsonDocument document) {
            sum.add(document);
            writer.write(document);
        }

        private void close() {
            writer.close();
        }

        private void addTo(Map<String, ContentHash> written) {
            written.put(collection.key(), sum.toContentHash());
        }
    }
}
