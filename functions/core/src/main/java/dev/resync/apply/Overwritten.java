package dev.resync.apply;

import com.mongodb.MongoNamespace;
import dev.resync.drift.Drift;
import dev.resync.hash.HashSum;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.StageContext;
import dev.resync.store.BulkWriter;
import java.util.HexFormat;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Documents that others wrote to live while it was changed in place, and that the way back has overwritten: each as
 * {@code {_id: <its digest>, document: {…}}}.
 */
public final class Overwritten {

    private static final String NAME = "overwritten";
    private static final String DOCUMENT = "document";

    private final StageContext context;

    public Overwritten(StageContext context) {
        this.context = context;
    }

    /** Returns where those of a target are kept, as long as the snapshot that the run went back to. */
    public static MongoNamespace collection(Run run, RunTarget target) {
        // One for all epochs: a way back may be begun more than once.
        return RunCollection.of(run, CollectionKind.DRIFT, target).inEpoch(0).sealed(0, NAME);
    }

    /** Keeps documents, each version of each once. */
    void keep(Run run, RunTarget target, List<RawBsonDocument> documents) {
        MongoNamespace kept = collection(run, target);
        context.store().create(kept, new BsonDocument());
        HashSum sum = new HashSum();
        try (BulkWriter writer = BulkWriter.ofCopies(context.store(), kept)) {
            for (RawBsonDocument document : documents) {
                BsonString version = new BsonString(HexFormat.of().formatHex(sum.add(document)));
                writer.write(new RawBsonDocument(
                        new BsonDocument("_id", version).append(DOCUMENT, document), new BsonDocumentCodec()));
            }
        }
    }

    /** Puts on record what a roll-back has overwritten in a target, where that is anything. */
    public void record(Run run, RunTarget target) {
        MongoNamespace kept = collection(run, target);
        if (!run.rollback() || !context.store().exists(kept)) {
            return;
        }
        SnapshotTarget copy = context.snapshots().require(run.restoreFrom()).target(target.name());
        long changed = 0;
        long added = 0;
        for (RawBsonDocument version : context.store().scan(kept)) {
            BsonDocument id =
                    new BsonDocument("_id", version.getDocument(DOCUMENT).get("_id"));
            if (copy.isAbsent() || context.store().raw(copy.where()).find(id).first() == null) {
                added++;
            } else {
                changed++;
            }
        }
        Drift drift = new Drift(
                kept.getFullName(),
                HashSum.of(context.store().scan(kept)),
                copy.content(),
                changed,
                added,
                0,
                List.of(),
                context.clock().instant());
        // Beside what drifted before the cut-over, which may have been carried over.
        String name = run.drift().containsKey(target.name()) ? target.name() + "-" + NAME : target.name();
        context.verdicts().recordDrift(run, name, drift);
    }
}
