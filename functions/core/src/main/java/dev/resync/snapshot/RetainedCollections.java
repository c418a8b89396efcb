package dev.resync.snapshot;

import com.mongodb.MongoNamespace;
import dev.resync.run.RunCollectionName;
import dev.resync.snapshot.SnapshotStore.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The collections that belong to recorded snapshots, so that they are nobody's left-overs. A manifest that someone changed
 * cannot say which are its own; there, names do.
 */
public final class RetainedCollections {

    private final Set<String> named;
    private final List<String> damaged;

    private RetainedCollections(Set<String> named, List<String> damaged) {
        this.named = named;
        this.damaged = damaged;
    }

    /** Returns the collections of all these manifests. */
    public static RetainedCollections of(Manifests manifests) {
        Set<String> named = new TreeSet<>();
        List<String> damaged = new ArrayList<>(manifests.unreadable());
        for (Snapshot snapshot : manifests.readable()) {
            snapshot.targets().stream()
                    .filter(target -> !target.isAbsent())
                    .forEach(target -> named.add(target.collection()));
            if (!snapshot.genuine()) {
                damaged.add(snapshot.id());
            }
        }
        return new RetainedCollections(named, damaged);
    }

    /** Returns whether a collection belongs to a snapshot. */
    public boolean contains(MongoNamespace collection) {
        return named.contains(collection.getFullName())
                || RunCollectionName.parse(collection.getCollectionName())
                        .filter(name -> damaged.stream().anyMatch(name::isPartOf))
                        .isPresent();
    }
}
