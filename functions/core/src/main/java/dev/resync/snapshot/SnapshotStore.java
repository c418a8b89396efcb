package dev.resync.snapshot;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.resync.error.SnapshotDamaged;
import dev.resync.error.SnapshotUnknown;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.store.ServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;

/** The {@code snapshots} collection, and the proof that a snapshot is what its manifest says. */
public final class SnapshotStore {

    private final MongoStore store;
    private final MongoCollection<BsonDocument> snapshots;

    public SnapshotStore(MongoStore store) {
        this.store = store;
        this.snapshots = store.control("snapshots");
    }

    /** Records a manifest; the first one of its id stays. */
    public Snapshot record(Snapshot snapshot) {
        try {
            snapshots.insertOne(ControlJson.toBson(snapshot));
            return snapshot;
        } catch (MongoException e) {
            if (!ServerError.DUPLICATE_KEY.is(e)) {
                throw e;
            }
            return require(snapshot.id());
        }
    }

    /** Returns a manifest; raises {@link SnapshotUnknown} where there is none of this id. */
    public Snapshot require(String id) {
        return find(id).orElseThrow(() ->
                new SnapshotUnknown("No snapshot has the id " + id + ". List the snapshots to see their ids."));
    }

    /** Returns a manifest, if there is one of this id. */
    public Optional<Snapshot> find(String id) {
        return Optional.ofNullable(snapshots
                        .find(new BsonDocument("_id", new BsonString(id)))
                        .first())
                .map(document -> ControlJson.fromBson(document, Snapshot.class));
    }

    /** Returns all manifests, newest first. */
    public List<Snapshot> all() {
        List<Snapshot> found = new ArrayList<>();
        snapshots
                .find()
                .sort(new BsonDocument("sealedAt", new BsonInt32(-1)))
                .forEach(document -> found.add(ControlJson.fromBson(document, Snapshot.class)));
        return found;
    }

    /**
     * Removes manifests that a late function recorded after its run was closed: the run does not know them, and their
     * collections are gone.
     *
     * @param known ids that the run does know
     */
    public void forgetStrays(String run, Set<String> known) {
        for (Snapshot snapshot : all()) {
            boolean stray = snapshot.run().equals(run)
                    && !known.contains(snapshot.id())
                    && snapshot.targets().stream()
                            .anyMatch(target -> !target.isAbsent() && !store.exists(target.where()));
            if (stray) {
                snapshots.deleteOne(new BsonDocument("_id", new BsonString(snapshot.id())));
            }
        }
    }

    /**
     * Returns a snapshot after reading all of it.
     *
     * @throws SnapshotUnknown where there is none of this id
     * @throws SnapshotDamaged where the manifest, a document or the number of documents is not as it was sealed
     */
    public Snapshot requireProven(String id) {
        return requireProven(id, target -> true);
    }

    /**
     * Returns a snapshot after reading its manifest and the copies of some of its targets; nothing is said of the others.
     *
     * @param wanted chooses the targets that are to be brought back
     * @throws SnapshotUnknown where there is none of this id
     * @throws SnapshotDamaged where the manifest, or a document or the number of documents of a wanted target, is not as it
     *     was sealed
     */
    public Snapshot requireProven(String id, Predicate<SnapshotTarget> wanted) {
        Snapshot snapshot = requireGenuine(id);
        for (SnapshotTarget target : snapshot.targets()) {
            if (!target.isAbsent() && wanted.test(target)) {
                HashSum sum = new HashSum();
                for (RawBsonDocument document : store.scan(target.where())) {
                    sum.add(document);
                }
                requireContent(id, target, sum.toContentHash());
            }
        }
        return snapshot;
    }

    /**
     * Returns a snapshot whose manifest is as it was sealed; its copies are not read.
     *
     * @throws SnapshotUnknown where there is none of this id
     * @throws SnapshotDamaged where the manifest was changed
     */
    public Snapshot requireGenuine(String id) {
        Snapshot snapshot = require(id);
        if (!snapshot.genuine()) {
            throw new SnapshotDamaged(
                    "The manifest of snapshot " + id
                            + " was changed after it was sealed (targets, counts, hashes, options or indexes). Choose another one.");
        }
        return snapshot;
    }

    /**
     * Makes sure that what was read of a target's copy is what was sealed.
     *
     * @param id id of the snapshot, for the message
     * @param found count and hash of all that was read
     * @throws SnapshotDamaged where it is not
     */
    public static void requireContent(String id, SnapshotTarget target, ContentHash found) {
        if (!found.equals(target.content())) {
            throw new SnapshotDamaged("Snapshot " + id + " of " + target.live() + " holds " + found.documents()
                    + " documents with hash " + found.sum() + "; sealed were "
                    + target.content().documents() + " with hash "
                    + target.content().sum() + ". Choose another one.");
        }
    }
}
