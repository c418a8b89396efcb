package dev.resync.close;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import dev.resync.run.CollectionKind;
import dev.resync.run.Quarantine;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.Sealed;
import dev.resync.stage.StageContext;
import dev.resync.store.MongoStore;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;

/** Keeps a run's quarantined bundles in the control data after the run's own collections are gone. */
final class QuarantineArchive {

    private final StageContext context;
    private final MongoCollection<BsonDocument> archive;

    QuarantineArchive(StageContext context) {
        this.context = context;
        this.archive = context.store().control("quarantine");
    }

    /** Copies the bundles of a run's sealed quarantine; safe to repeat. */
    void keep(Run run) {
        RunCollection collection = RunCollection.of(run, CollectionKind.QUARANTINE);
        Sealed sealed = run.sealedAs(collection);
        if (sealed == null) {
            return;
        }
        for (RawBsonDocument bundle : context.store()
                .raw(sealed.where())
                .find()
                .batchSize(MongoStore.BATCH)
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .limit(Quarantine.MAX_KEPT)) {
            BsonDocument id = new BsonDocument("run", new BsonString(run.id())).append("key", bundle.get("_id"));
            BsonDocument kept = new BsonDocument("_id", id);
            bundle.forEach((name, value) -> {
                if (!name.equals("_id")) {
                    kept.append(name, value);
                }
            });
            archive.replaceOne(new BsonDocument("_id", id), kept, new ReplaceOptions().upsert(true));
        }
    }
}
