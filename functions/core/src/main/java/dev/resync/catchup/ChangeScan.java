package dev.resync.catchup;

import com.mongodb.MongoNamespace;
import dev.resync.error.GateRefused;
import dev.resync.error.SourceUnsuitable;
import dev.resync.mapping.Classified;
import dev.resync.mapping.SourceClassifier;
import dev.resync.pace.RunWatch;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.store.MongoStore;
import dev.resync.sync.DocumentVersion;
import dev.resync.sync.Fragment;
import dev.resync.sync.SourceTally;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * Finds what was changed in the sources since a run read them: looks for what may have been, and compares it with what is staged,
 * wherever that is, so that a document that has another key now is missed under neither.
 */
final class ChangeScan {

    /** Most documents that are looked for in staging at once; each time costs a scan of it. About 30 MB. */
    static final int BATCH = 100_000;

    /** So many are looked for by the server, more by reading all of staging. */
    private static final int FEW = 1000;

    /** Most bytes of changed documents that are held at once. */
    private static final long MOST_BYTES = 256L * 1024 * 1024;

    private static final String ID = "_id";

    private final MongoStore store;
    private final Plan plan;
    private final Run run;
    private final RunWatch watch;
    private final MongoNamespace staging;
    private final DocumentVersion.Factory versions = new DocumentVersion.Factory();

    /** @param watch asked between documents */
    ChangeScan(MongoStore store, Plan plan, Run run, RunWatch watch) {
        this.store = store;
        this.plan = plan;
        this.run = run;
        this.watch = watch;
        this.staging =
                run.sealedAs(RunCollection.of(run, CollectionKind.STAGING)).where();
    }

    /** A document that may have been changed, and what is staged of it. */
    private static final class Candidate {
        private final BsonValue id;
        private final ByteBuffer content;
        private final BsonValue key;
        private final List<BsonValue> stagedUnder = new ArrayList<>(1);
        private boolean stagedAsItIs;

        private Candidate(BsonValue id, ByteBuffer content, BsonValue key) {
            this.id = id;
            this.content = content;
            this.key = key;
        }

        private void staged(BsonValue under, ByteBuffer version) {
            stagedUnder.add(under);
            stagedAsItIs = version.equals(content);
        }

        /** Staged once, under its key, as it is; or without a key, and not staged. */
        private boolean unchanged() {
            return key == null
                    ? stagedUnder.isEmpty()
                    : stagedUnder.size() == 1
                            && stagedAsItIs
                            && stagedUnder.get(0).equals(key);
        }
    }

    /**
     * Returns what was changed.
     *
     * @throws GateRefused where it is more than the plan allows, or than can be held
     * @throws SourceUnsuitable where a document has no {@code _id} to know it by
     */
    Changes scan(List<SourcePlan> sources) {
        Changes changes = new Changes();
        for (SourcePlan source : sources) {
            ChangedSince since = new ChangedSince(source, plan.timeZone(), run.startedAt());
            SourceClassifier classifier = new SourceClassifier(source, plan.keyType());
            Map<ByteBuffer, Candidate> batch = new LinkedHashMap<>();
            for (RawBsonDocument document : watch.over(store.find(source.namespace(), since.filter()))) {
                if (since.test(document)) {
                    DocumentVersion version = versions.of(document);
                    batch.put(
                            version.id(),
                            new Candidate(idOf(source, document), version.content(), keyOf(classifier, document)));
                }
                if (batch.size() == BATCH) {
                    compare(source, classifier, batch, changes);
                    batch.clear();
                }
            }
            compare(source, classifier, batch, changes);
        }
        return changes.complete();
    }

    private static BsonValue idOf(SourcePlan source, BsonDocument document) {
        BsonValue id = document.get(ID);
        if (id == null) {
            throw new SourceUnsuitable("A document of source " + source.name() + " ("
                    + source.namespace().getFullName()
                    + ") has no _id, so that its older version cannot be found. Take modifiedField off the source.");
        }
        return id;
    }

    private static BsonValue keyOf(SourceClassifier classifier, RawBsonDocument document) {
        return classifier.classify(document) instanceof Classified.Keyed keyed ? keyed.key() : null;
    }

    private SourceTally tally(SourcePlan source) {
        return new SourceTally(source, plan.timeZone(), run.startedAt());
    }

    private void compare(
            SourcePlan source, SourceClassifier classifier, Map<ByteBuffer, Candidate> batch, Changes changes) {
        if (batch.isEmpty()) {
            return;
        }
        for (RawBsonDocument fragment : fragments(source, batch)) {
            BsonValue key = Fragment.keyOf(fragment);
            Fragment.forEachVersion(source.name(), fragment, versions, version -> {
                Candidate candidate = batch.get(version.id());
                if (candidate != null) {
                    candidate.staged(key, version.content());
                }
            });
        }
        batch.values().removeIf(Candidate::unchanged);
        List<BsonValue> ids =
                batch.values().stream().map(candidate -> candidate.id).toList();
        for (int from = 0; from < ids.size(); from += FEW) {
            read(source, classifier, ids.subList(from, Math.min(ids.size(), from + FEW)), batch, changes);
        }
    }

    private Iterable<RawBsonDocument> fragments(SourcePlan source, Map<ByteBuffer, Candidate> batch) {
        if (batch.size() > FEW) {
            return watch.over(store.scan(staging));
        }
        BsonArray ids = new BsonArray(
                batch.values().stream().map(candidate -> candidate.id).toList());
        return watch.over(store.find(staging, Fragment.having(source.name(), ids)));
    }

    /** Once more, by their ids: one that is changed while it is looked for may have been met twice, or as it was. */
    private void read(
            SourcePlan source,
            SourceClassifier classifier,
            List<BsonValue> ids,
            Map<ByteBuffer, Candidate> batch,
            Changes changes) {
        BsonDocument filter = new BsonDocument(ID, new BsonDocument("$in", new BsonArray(ids)));
        for (RawBsonDocument document : watch.over(store.find(source.namespace(), filter))) {
            ByteBuffer id = versions.of(document).id();
            Candidate candidate = batch.get(id);
            // A query by id compares numbers of several types as one.
            if (candidate != null) {
                SourceTally tally = tally(source);
                BsonValue key = tally.count(document, classifier.classify(document));
                changes.put(
                        source.name(), id, new Changes.Change(document, tally.toAccount(), key, candidate.stagedUnder));
                requireWithinLimit(changes);
            }
        }
    }

    private void requireWithinLimit(Changes changes) {
        long limit = plan.gates().catchUp().maxDocuments();
        if (changes.documents() > limit) {
            throw refused(
                    "more than " + limit + " documents", " (gates.catchUp.maxDocuments). Raise the limit in the plan");
        }
        if (changes.bytes() > MOST_BYTES) {
            throw refused(
                    "documents of more than " + MOST_BYTES / 1024 / 1024 + " MiB", ". Take modifiedField off a source");
        }
    }

    private GateRefused refused(String what, String next) {
        return new GateRefused("Run " + run.id() + " is refused, live is unchanged. catch-up: " + what
                + " were changed in the sources since they were read" + next
                + " and resume the run from MAP, or start a new run when less is written.");
    }
}
