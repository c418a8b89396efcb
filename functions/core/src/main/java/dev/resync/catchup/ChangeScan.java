package dev.resync.catchup;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.DocumentKey;
import dev.resync.error.GateRefused;
import dev.resync.error.SourceUnsuitable;
import dev.resync.mapping.SourceClassifier;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.store.MongoStore;
import dev.resync.sync.Fragment;
import dev.resync.sync.SourceTally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * Finds what was changed in the sources since a run read them: reads what may have been, and compares it with what is staged,
 * wherever that is, so that a document that has another key now is missed under neither.
 */
final class ChangeScan {

    /** Most documents that are looked up in staging at once; each time costs a scan of it. */
    private static final int BATCH = 5000;

    private final MongoStore store;
    private final Plan plan;
    private final Run run;
    private final MongoNamespace staging;

    ChangeScan(MongoStore store, Plan plan, Run run) {
        this.store = store;
        this.plan = plan;
        this.run = run;
        this.staging =
                run.sealedAs(RunCollection.of(run, CollectionKind.STAGING)).where();
    }

    /** A version of a document that is staged. */
    private record Staged(BsonValue key, BsonDocument document) {}

    /**
     * Returns what was changed.
     *
     * @throws GateRefused where it is more than the plan allows
     * @throws SourceUnsuitable where a document has no {@code _id} to know it by
     */
    Changes scan(List<SourcePlan> sources) {
        Changes changes = new Changes();
        for (SourcePlan source : sources) {
            ChangedSince since = new ChangedSince(source, plan.timeZone(), run.startedAt());
            SourceClassifier classifier = new SourceClassifier(source, plan.keyType());
            List<RawBsonDocument> batch = new ArrayList<>();
            for (RawBsonDocument document : store.find(source.namespace(), since.filter())) {
                if (since.test(document)) {
                    batch.add(document);
                }
                if (batch.size() == BATCH) {
                    compare(source, classifier, batch, changes);
                    batch.clear();
                }
            }
            compare(source, classifier, batch, changes);
        }
        return changes;
    }

    private void compare(
            SourcePlan source, SourceClassifier classifier, List<RawBsonDocument> documents, Changes changes) {
        if (documents.isEmpty()) {
            return;
        }
        Map<BsonValue, List<Staged>> staged = staged(source, documents);
        for (RawBsonDocument document : documents) {
            List<Staged> before = staged.get(DocumentKey.of(document.get("_id")));
            SourceTally tally = new SourceTally(source, plan.timeZone());
            BsonValue key = tally.count(document, classifier.classify(document));
            if (!asStaged(document, key, before)) {
                List<BsonValue> keys = before.stream().map(Staged::key).toList();
                changes.add(source.name(), document, tally.toAccount(), key, keys);
                requireWithinLimit(source, changes);
            }
        }
    }

    private static boolean asStaged(BsonDocument document, BsonValue key, List<Staged> before) {
        if (key == null) {
            return before.isEmpty();
        }
        return before.size() == 1
                && before.get(0).key().equals(key)
                && before.get(0).document().equals(document);
    }

    /** Returns what is staged of each document, an empty list where nothing is. */
    private Map<BsonValue, List<Staged>> staged(SourcePlan source, List<RawBsonDocument> documents) {
        Map<BsonValue, List<Staged>> staged = new HashMap<>();
        BsonArray ids = new BsonArray();
        for (RawBsonDocument document : documents) {
            BsonValue id = document.get("_id");
            if (id == null) {
                throw new SourceUnsuitable(
                        "A document of source " + source.name() + " ("
                                + source.namespace().getFullName()
                                + ") has no _id, so that its older version cannot be found. Take modifiedField off the source.");
            }
            ids.add(id);
            staged.put(DocumentKey.of(id), new ArrayList<>(1));
        }
        String path = Fragment.pathOf(source.name()) + "._id";
        for (RawBsonDocument fragment : store.find(staging, new BsonDocument(path, new BsonDocument("$in", ids)))) {
            BsonValue key = Fragment.keyOf(fragment);
            for (BsonDocument document : Fragment.documentsOf(source.name(), fragment)) {
                List<Staged> found = staged.get(DocumentKey.of(document.get("_id")));
                if (found != null) {
                    found.add(new Staged(key, document));
                }
            }
        }
        return staged;
    }

    private void requireWithinLimit(SourcePlan source, Changes changes) {
        long limit = plan.gates().catchUp().maxDocuments();
        if (changes.documents() > limit) {
            throw new GateRefused("Run " + run.id() + " is refused, live is unchanged. catch-up " + source.name()
                    + ": more than " + limit + " documents were changed in the sources since they were read"
                    + " (gates.catchUp.maxDocuments). Raise the limit in the plan and resume the run from MAP, or start"
                    + " a new run when less is written.");
        }
    }
}
