package dev.resync.cli.drill;

import com.mongodb.MongoNamespace;
import dev.resync.hash.ContentHash;
import dev.resync.store.CollectionShape;
import dev.resync.store.MongoStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The live views at one moment.
 *
 * @param contents count and hash of each view by its name; those of nothing where it does not exist
 * @param shapes options and indexes of each view that exists, by its name
 */
record LiveState(Map<String, ContentHash> contents, Map<String, CollectionShape> shapes) {

    LiveState {
        contents = Map.copyOf(contents);
        shapes = Map.copyOf(shapes);
    }

    /** Reads shapes beside contents that were read just now. */
    static LiveState of(Map<String, ContentHash> contents, List<MongoNamespace> views, MongoStore store) {
        Map<String, CollectionShape> shapes = new TreeMap<>();
        views.forEach(view -> store.shape(view).ifPresent(shape -> shapes.put(view.getCollectionName(), shape)));
        return new LiveState(contents, shapes);
    }

    /**
     * Returns what these views become where a run publishes new ones: their options and indexes stay.
     *
     * @param published count and hash by name
     * @param bare shape of a view that did not exist before
     */
    LiveState publishing(Map<String, ContentHash> published, CollectionShape bare) {
        Map<String, CollectionShape> after = new TreeMap<>();
        published.keySet().forEach(name -> after.put(name, shapes.getOrDefault(name, bare)));
        return new LiveState(published, after);
    }

    /** Returns whether a view exists. */
    boolean has(String view) {
        return shapes.containsKey(view);
    }
}
