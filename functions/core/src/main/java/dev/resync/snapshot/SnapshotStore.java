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
import org.bson.BsonString;
import org.bson.BsonValue;

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

    /**
     * Returns a manifest.
     *
     * @throws SnapshotUnknown where there is none of this id, or its removal cannot be undone any more
     * @throws SnapshotDamaged where it cannot be read
     */
    public Snapshot require(String id) {
        Snapshot snapshot = find(id).orElseThrow(() -> new SnapshotUnknown("No snapshot has the id " + id
                + "; if there was one, its plan's retention may have let it go. List the snapshots to"
                + " see their ids."));
        if (snapshot.isGoing()) {
            throw new SnapshotUnknown("Snapshot " + id + " is being removed since "
                    + snapshot.removing().since()
                    + ", as its plan's retention lets it go. List the snapshots and choose another one.");
        }
        return snapshot;
    }

    /**
     * Returns a manifest, if there is one of this id.
     *
     * @throws SnapshotDamaged where it cannot be read
     */
    public Optional<Snapshot> find(String id) {
        return Optional.ofNullable(snapshots.find(byId(id)).first()).map(SnapshotStore::read);
    }

    /** Returns all manifests that can be read, newest first. */
    public List<Snapshot> all() {
        return manifests().readable();
    }

    /**
     * All manifests.
     *
     * @param readable newest first
     * @param unreadable ids of those that someone changed so that nothing can be made of them, ascending
     */
    public record Manifests(List<Snapshot> readable, List<String> unreadable) {

        /** Returns whether there is a manifest of this id. */
        public boolean has(String id) {
            return unreadable.contains(id)
                    || readable.stream().anyMatch(snapshot -> snapshot.id().equals(id));
        }
    }

    /** Returns all manifests; one that cannot be read must not hide the others. */
    public Manifests manifests() {
        List<Snapshot> readable = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (BsonDocument document : snapshots.find()) {
            try {
                readable.add(read(document));
            } catch (SnapshotDamaged damaged) {
                unreadable.add(idOf(document));
            }
        }
        // By time and not by its text, which a server would sort by.
        readable.sort(Snapshot.NEWEST_FIRST);
        unreadable.sort(null);
        return new Manifests(List.copyOf(readable), List.copyOf(unreadable));
    }

    private static Snapshot read(BsonDocument document) {
        try {
            Snapshot snapshot = ControlJson.fromBson(document, Snapshot.class);
            boolean whole = snapshot.targets().stream()
                    .allMatch(target -> target.name() != null && target.live() != null && target.content() != null);
            if (snapshot.sealedAt() != null && snapshot.environment() != null && whole) {
                return snapshot;
            }
        } catch (IllegalStateException unreadable) {
            // The message below says all that anyone can act on.
        }
        throw new SnapshotDamaged("The manifest of snapshot " + idOf(document)
                + " cannot be read: someone changed it after it was sealed. Choose another one.");
    }

    private static String idOf(BsonDocument document) {
        BsonValue id = document.get("_id");
        return id.isString() ? id.asString().getValue() : id.toString();
    }

    /**
     * Removes manifests that a late function recorded after its run was closed: the run does not know them, and their
     * collections are gone.
     *
     * @param known ids that the run does know
     */
    public void forgetStrays(String run, Set<String> known) {
        for (Snapshot snapshot : all()) {
            boolean stray = run.equals(snapshot.run())
                    && !known.contains(snapshot.id())
                    && !snapshot.isGoing()
                    && snapshot.genuine()
                    && snapshot.targets().stream()
                            .anyMatch(target -> !target.isAbsent() && !store.exists(target.where()));
            if (stray) {
                snapshots.deleteOne(byId(snapshot.id()));
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
                requireContent(id, target, HashSum.of(store.scan(target.where())));
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

    private static BsonDocument byId(String id) {
        return new BsonDocument("_id", new BsonString(id));
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
