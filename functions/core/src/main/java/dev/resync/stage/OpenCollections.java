package dev.resync.stage;

import com.mongodb.MongoNamespace;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.store.CollectionShape;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Makes the collections that chunks write to, each with the options and indexes that it needs from its first document on. */
public final class OpenCollections {

    private static final CollectionShape BARE = new CollectionShape("collection", new BsonDocument(), List.of());
    private static final CollectionShape STAGING =
            new CollectionShape("collection", new BsonDocument(), List.of(index("chunk"), index("key")));

    private final StageContext context;

    public OpenCollections(StageContext context) {
        this.context = context;
    }

    /** Creates a collection under its open name; does nothing where it exists alike. */
    public void create(Run run, RunCollection collection, int generation) {
        MongoNamespace open = collection.open(generation);
        CollectionShape shape = shapeOf(run, collection);
        context.store().create(open, shape.options());
        // Without the TTL indexes, which might remove what was proven.
        context.store().createIndexes(open, shape.lastingIndexes());
    }

    private CollectionShape shapeOf(Run run, RunCollection collection) {
        return switch (collection.kind()) {
            case SNAPSHOT, QUARANTINE, DRIFT -> BARE;
            case STAGING -> STAGING;
            case SHADOW -> shapeOfShadow(run, run.targets().get(collection.target()));
        };
    }

    /** A shadow is made with all that live is, or was. */
    private CollectionShape shapeOfShadow(Run run, RunTarget target) {
        return run.restoring()
                ? context.snapshots()
                        .require(run.restoreFrom())
                        .target(target.name())
                        .shape()
                : context.store().shape(target.live()).orElse(BARE);
    }

    private static BsonDocument index(String field) {
        return new BsonDocument("key", new BsonDocument(field, new BsonInt32(1)))
                .append("name", new BsonString(field + "_1"));
    }
}
