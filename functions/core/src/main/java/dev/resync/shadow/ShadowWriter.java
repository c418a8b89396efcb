package dev.resync.shadow;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.SourceAccount;
import dev.resync.chunk.UnmappedFieldNames;
import dev.resync.error.AccountingMismatch;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.mapping.Bundle;
import dev.resync.mapping.BundleMapper;
import dev.resync.mapping.MappingProblem;
import dev.resync.mapping.MappingResult;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.store.BulkWriter;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Maps bundles, writes what comes of them, and accounts for every source document. For one chunk and one thread. */
final class ShadowWriter implements AutoCloseable {

    /** Reason for a document that is, or would become, larger than the server allows. */
    static final String TOO_LARGE = "document-too-large";

    /** MongoDB's limit for a document, 16 MiB. */
    private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final Run run;
    private final BundleMapper mapper;
    private final PreservedFields preserved;
    private final Map<String, Output> shadows = new TreeMap<>();
    private final Output quarantine;
    private final Map<String, SourceAccount> accounts = new TreeMap<>();
    private final long[] ruleHits;
    private final UnmappedFieldNames unmappedFields = new UnmappedFieldNames();
    private long bundles;

    ShadowWriter(MongoStore store, Run run, BundleMapper mapper, PreservedFields preserved) {
        this.run = run;
        this.preserved = preserved;
        this.mapper = mapper;
        this.ruleHits = new long[mapper.ruleIds().size()];
        int generation = run.openGeneration(ChunkStage.MAP);
        boolean shown = !mapper.sensitivity().any();
        for (RunTarget target : run.targets()) {
            RunCollection shadow = RunCollection.of(run, CollectionKind.SHADOW, target);
            shadows.put(target.name(), new Output(store, shadow, generation, shown));
        }
        quarantine = new Output(store, RunCollection.of(run, CollectionKind.QUARANTINE), generation, shown);
    }

    static RunCollection staging(Run run) {
        return RunCollection.of(run, CollectionKind.STAGING);
    }

    /**
     * Maps a bundle and writes what comes of it.
     *
     * @param tooLarge problems of documents that staging had no room for: what comes of the others must not be published
     */
    void write(BsonValue key, Map<String, List<BsonDocument>> documents, List<MappingProblem> tooLarge) {
        documents.forEach((source, found) -> found.forEach(
                document -> mapper.unmappedFields().collect(source, document, unmappedFields.of(source))));
        MappingResult result = mapper.map(new Bundle(key, Map.copyOf(documents), preserved.of(key)));
        if (result instanceof MappingResult.Unmatched) {
            documents.forEach((source, found) -> account(source, 0, found.size(), 0, 0, 0));
        } else if (!tooLarge.isEmpty()) {
            writeQuarantined(key, documents, tooLarge);
        } else if (result instanceof MappingResult.Quarantined quarantined) {
            writeQuarantined(key, documents, quarantined.problems());
        } else {
            writeMapped(key, documents, (MappingResult.Mapped) result);
        }
    }

    private void writeMapped(BsonValue key, Map<String, List<BsonDocument>> documents, MappingResult.Mapped mapped) {
        Map<String, RawBsonDocument> encoded = new TreeMap<>();
        for (Map.Entry<String, BsonDocument> target : mapped.documents().entrySet()) {
            RawBsonDocument document = new RawBsonDocument(target.getValue(), CODEC);
            int bytes = document.getByteBuffer().remaining();
            if (bytes > MAX_DOCUMENT_BYTES) {
                writeQuarantined(
                        key,
                        documents,
                        List.of(new MappingProblem(TOO_LARGE, null, null, bytes + " bytes", target.getKey())));
                return;
            }
            encoded.put(target.getKey(), document);
        }
        bundles++;
        encoded.forEach((target, document) -> shadows.get(target).write(document));
        mapped.hits().stream().forEach(rule -> ruleHits[rule]++);
        documents.forEach((source, found) -> {
            int used = mapped.used().getOrDefault(source, 0);
            int superseded = mapped.superseded().getOrDefault(source, 0);
            account(source, found.size(), 0, 0, superseded, used);
        });
    }

    private void writeQuarantined(
            BsonValue key, Map<String, List<BsonDocument>> documents, List<MappingProblem> problems) {
        bundles++;
        quarantine.write(
                QuarantinedBundle.document(run.id(), key, mapper.sensitivity().key(), problems, documents));
        documents.forEach((source, found) -> account(source, 0, 0, found.size(), 0, 0));
    }

    /**
     * Counts the documents of one source in one bundle.
     *
     * @param mapped how many the bundle has, where used and superseded must add up to it; 0 otherwise
     */
    private void account(String source, int mapped, long unmatched, long quarantined, long superseded, long used) {
        if (mapped != superseded + used) {
            throw new AccountingMismatch(
                    "A bundle of run " + run.id() + " has " + mapped + " documents of source " + source + ", of which "
                            + used + " were used and " + superseded + " superseded. The run is not published.");
        }
        SourceAccount one = new SourceAccount(0, 0, Map.of(), unmatched, quarantined, superseded, used);
        accounts.merge(source, one, SourceAccount::plus);
    }

    /** Writes what is left and returns the account of the chunk. */
    ChunkResult finish() {
        close();
        Map<String, ContentHash> written = new TreeMap<>();
        shadows.values().forEach(output -> output.addTo(written));
        quarantine.addTo(written);
        List<Long> hits = new ArrayList<>();
        for (long count : ruleHits) {
            hits.add(count);
        }
        return new ChunkResult(bundles, written, accounts, Map.of(), hits, unmappedFields.bySource());
    }

    @Override
    public void close() {
        shadows.values().forEach(Output::close);
        quarantine.close();
    }

    private static final class Output {
        private final RunCollection collection;
        private final BulkWriter writer;
        private final HashSum sum = new HashSum();

        private Output(MongoStore store, RunCollection collection, int generation, boolean shown) {
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
