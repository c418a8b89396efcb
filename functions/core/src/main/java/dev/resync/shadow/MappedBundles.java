package dev.resync.shadow;

import dev.resync.bson.RawWriter;
import dev.resync.chunk.SourceAccount;
import dev.resync.chunk.UnmappedFieldNames;
import dev.resync.error.AccountingMismatch;
import dev.resync.mapping.Bundle;
import dev.resync.mapping.BundleMapper;
import dev.resync.mapping.MappingProblem;
import dev.resync.mapping.MappingResult;
import dev.resync.sync.StagedBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Maps bundles, hands over what comes of them, and accounts for every source document. For one thread. */
public final class MappedBundles {

    /** Reason for a document that is, or would become, larger than the server allows. */
    static final String TOO_LARGE = "document-too-large";

    /** MongoDB's limit for a document, 16 MiB. */
    private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

    private final String run;
    private final BundleMapper mapper;
    private final Output output;
    private final RawWriter writer = new RawWriter();
    private final Map<String, Counts> counts = new TreeMap<>();
    private final long[] ruleHits;
    private final UnmappedFieldNames unmappedFields = new UnmappedFieldNames();
    private long bundles;

    /** Takes what comes of bundles. */
    public interface Output {

        /** Takes a document of a target. */
        void mapped(String target, RawBsonDocument document);

        /** Takes what quarantine keeps of a bundle. */
        void quarantined(RawBsonDocument bundle);

        /** Takes nothing: for bundles that are only to be accounted for. */
        static Output none() {
            return new Output() {
                @Override
                public void mapped(String target, RawBsonDocument document) {}

                @Override
                public void quarantined(RawBsonDocument bundle) {}
            };
        }
    }

    /** @param run id of the run, for its quarantine */
    public MappedBundles(String run, BundleMapper mapper, Output output) {
        this.run = run;
        this.mapper = mapper;
        this.output = output;
        this.ruleHits = new long[mapper.ruleIds().size()];
    }

    /**
     * Maps a bundle and hands over what comes of it. Of one with a document that staging had no room for nothing is published.
     *
     * @param live documents that live has under its key, by target, as far as the plan preserves fields of them
     */
    public void map(StagedBundle bundle, Map<String, BsonDocument> live) {
        Map<String, List<BsonDocument>> documents = bundle.all();
        documents.forEach((source, found) -> found.forEach(
                document -> mapper.unmappedFields().collect(source, document, unmappedFields.of(source))));
        MappingResult result = mapper.map(new Bundle(bundle.key(), Map.copyOf(documents), live));
        if (result instanceof MappingResult.Unmatched) {
            documents.forEach((source, found) -> account(source, 0, found.size(), 0, 0, 0));
        } else if (!bundle.tooLarge().isEmpty()) {
            quarantine(bundle.key(), documents, tooLarge(bundle));
        } else if (result instanceof MappingResult.Quarantined quarantined) {
            quarantine(bundle.key(), documents, quarantined.problems());
        } else {
            take(bundle.key(), documents, (MappingResult.Mapped) result);
        }
    }

    private static List<MappingProblem> tooLarge(StagedBundle bundle) {
        return bundle.tooLarge().stream()
                .map(document ->
                        new MappingProblem(TOO_LARGE, document.source(), null, document.bytes() + " bytes", null))
                .toList();
    }

    private void take(BsonValue key, Map<String, List<BsonDocument>> documents, MappingResult.Mapped mapped) {
        Map<String, RawBsonDocument> encoded = new TreeMap<>();
        for (Map.Entry<String, BsonDocument> target : mapped.documents().entrySet()) {
            RawBsonDocument document = writer.encode(target.getValue());
            int bytes = document.getByteBuffer().remaining();
            if (bytes > MAX_DOCUMENT_BYTES) {
                quarantine(
                        key,
                        documents,
                        List.of(new MappingProblem(TOO_LARGE, null, null, bytes + " bytes", target.getKey())));
                return;
            }
            encoded.put(target.getKey(), document);
        }
        bundles++;
        encoded.forEach(output::mapped);
        mapped.hits().stream().forEach(rule -> ruleHits[rule]++);
        documents.forEach((source, found) -> {
            int used = mapped.used().getOrDefault(source, 0);
            int superseded = mapped.superseded().getOrDefault(source, 0);
            account(source, found.size(), 0, 0, superseded, used);
        });
    }

    private void quarantine(BsonValue key, Map<String, List<BsonDocument>> documents, List<MappingProblem> problems) {
        bundles++;
        output.quarantined(
                QuarantinedBundle.document(run, key, mapper.sensitivity().key(), problems, documents));
        documents.forEach((source, found) -> account(source, 0, 0, found.size(), 0, 0));
    }

    /**
     * Counts the documents of one source in one bundle.
     *
     * @param mapped how many the bundle has, where used and superseded must add up to it; 0 otherwise
     */
    private void account(String source, int mapped, long unmatched, long quarantined, long superseded, long used) {
        if (mapped != superseded + used) {
            throw new AccountingMismatch("A bundle of run " + run + " has " + mapped + " documents of source " + source
                    + ", of which " + used + " were used and " + superseded + " superseded. The run is not published.");
        }
        Counts all = counts.computeIfAbsent(source, any -> new Counts());
        all.unmatched += unmatched;
        all.quarantined += quarantined;
        all.superseded += superseded;
        all.used += used;
    }

    /** Returns what came of the bundles so far. */
    public MappedTotals totals() {
        List<Long> hits = new ArrayList<>();
        for (long count : ruleHits) {
            hits.add(count);
        }
        Map<String, SourceAccount> accounts = new TreeMap<>();
        counts.forEach((source, all) -> accounts.put(source, all.toAccount()));
        return new MappedTotals(bundles, accounts, hits, unmappedFields.bySource());
    }

    /** Where the documents of one source went, as far as mapping says. */
    private static final class Counts {
        private long unmatched;
        private long quarantined;
        private long superseded;
        private long used;

        private SourceAccount toAccount() {
            return new SourceAccount(0, 0, Map.of(), unmatched, quarantined, superseded, used);
        }
    }
}
