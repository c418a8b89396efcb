package dev.resync.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.mongodb.MongoNamespace;
import dev.resync.hash.ContentHash;
import dev.resync.plan.Apply;
import dev.resync.store.CollectionShape;
import dev.resync.store.ControlJson;
import java.util.List;
import org.bson.BsonDocument;

/**
 * One target in a snapshot.
 *
 * @param name name in the plan
 * @param live {@code database.collection} that was copied
 * @param apply how the run that took it was to change live; null where it was taken before there was a choice
 * @param collection {@code database.collection} of the sealed copy; null where live did not exist
 * @param content count and hash of the copy, equal to live's when it was taken
 * @param options creation options of live, as extended JSON; null where live did not exist
 * @param indexes index definitions of live, each as extended JSON, ordered by name
 */
public record SnapshotTarget(
        String name,
        String live,
        Apply apply,
        String collection,
        ContentHash content,
        String options,
        List<String> indexes) {

    public SnapshotTarget {
        indexes = indexes == null ? List.of() : List.copyOf(indexes);
    }

    /** Returns the account of a live collection that did not exist; restoring it drops live. */
    public static SnapshotTarget absent(String name, String live, Apply apply) {
        return new SnapshotTarget(name, live, apply, null, ContentHash.EMPTY, null, List.of());
    }

    /** Returns the account of a sealed copy. */
    public static SnapshotTarget copied(
            String name, String live, Apply apply, MongoNamespace copy, ContentHash content, CollectionShape shape) {
        return new SnapshotTarget(
                name,
                live,
                apply,
                copy.getFullName(),
                content,
                ControlJson.encode(shape.options()),
                shape.indexes().stream().map(ControlJson::encode).toList());
    }

    /** Returns whether live did not exist. */
    @JsonIgnore
    public boolean isAbsent() {
        return collection == null;
    }

    /** Returns the namespace of the sealed copy; must not be asked of an absent one. */
    @JsonIgnore
    public MongoNamespace where() {
        return new MongoNamespace(collection);
    }

    /** Returns options and indexes of live as they were. */
    @JsonIgnore
    public CollectionShape shape() {
        return new CollectionShape(
                "collection",
                options == null
                        ? new BsonDocument()
                        : ControlJson.decode(options).asDocument(),
                indexes.stream()
                        .map(text -> ControlJson.decode(text).asDocument())
                        .toList());
    }
}
