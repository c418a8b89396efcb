package dev.resync.run;

import com.mongodb.client.FindIterable;
import dev.resync.chunk.ChunkStage;
import dev.resync.store.MongoStore;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Reads the bundles that a run could not map, wherever they are kept at that time. Writes nothing. */
public final class Quarantine {

    /** Bundles kept of a closed run. The plan's gate keeps the quarantine far smaller; this bounds a run that was refused. */
    public static final int MAX_KEPT = 10_000;

    private final MongoStore store;

    public Quarantine(MongoStore store) {
        this.store = store;
    }

    /** Where the bundles of a run are. */
    public enum Place {
        /** The run's own collection, which mapping still writes to: there may be more to come. */
        OPEN,
        /** The run's own collection, complete. */
        SEALED,
        /** What is kept of a run whose own collections are gone, at most {@link #MAX_KEPT} bundles, those of the lowest keys. */
        ARCHIVE
    }

    /** Returns where the bundles of a run are. */
    public static Place placeOf(Run run) {
        if (run.state() == RunState.CLOSED || run.rollback()) {
            return Place.ARCHIVE;
        }
        return run.sealedAs(collection(run)) == null ? Place.OPEN : Place.SEALED;
    }

    /** Tells of each bundle in the order of keys, without holding them all. */
    public void forEach(Run run, Consumer<QuarantineEntry> told) {
        find(run)
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .batchSize(MongoStore.BATCH)
                .forEach(bundle -> told.accept(QuarantineEntry.of(bundle)));
    }

    private FindIterable<? extends BsonDocument> find(Run run) {
        return switch (placeOf(run)) {
            case ARCHIVE -> store.control("quarantine").find(new BsonDocument("run", new BsonString(run.id())));
            case SEALED -> store.raw(run.sealedAs(collection(run)).where()).find();
            case OPEN ->
                store.raw(collection(run).inEpoch(worked(run)).open(run.openGeneration(ChunkStage.MAP)))
                        .find();
        };
    }

    /** Closing a run raises its epoch above the one that mapped. */
    private static long worked(Run run) {
        boolean closing = run.state() == RunState.CLOSING || run.state() == RunState.NEEDS_OPERATOR;
        return closing ? run.epoch() - 1 : run.epoch();
    }

    private static RunCollection collection(Run run) {
        return RunCollection.of(run, CollectionKind.QUARANTINE);
    }
}
