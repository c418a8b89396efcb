package dev.resync.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * All fragments of one key together.
 *
 * @param key the plan's key
 * @param documents documents by source, an empty one for each that staging had no room for; may be changed by whoever has the
 *     bundle
 * @param tooLarge documents that staging had no room for
 */
public record StagedBundle(BsonValue key, Map<String, List<BsonDocument>> documents, List<TooLarge> tooLarge) {

    /**
     * A document that staging had no room for.
     *
     * @param bytes its size
     */
    public record TooLarge(String source, int bytes) {}

    /** Returns a bundle without documents. */
    public static StagedBundle empty(BsonValue key) {
        return new StagedBundle(key, new LinkedHashMap<>(), new ArrayList<>());
    }

    /**
     * Hands over bundle after bundle.
     *
     * @param fragments in the order of their keys
     */
    public static void forEach(Iterable<? extends BsonDocument> fragments, Consumer<StagedBundle> bundles) {
        StagedBundle bundle = null;
        for (BsonDocument fragment : fragments) {
            BsonValue key = Fragment.keyOf(fragment);
            if (bundle != null && !bundle.key().equals(key)) {
                bundles.accept(bundle);
                bundle = null;
            }
            if (bundle == null) {
                bundle = empty(key);
            }
            bundle.add(fragment);
        }
        if (bundle != null) {
            bundles.accept(bundle);
        }
    }

    /** Adds what a fragment has of this key. */
    void add(BsonDocument fragment) {
        Fragment.addTo(documents, fragment);
        Fragment.forEachTooLarge(fragment, (source, bytes) -> tooLarge.add(new TooLarge(source, bytes)));
    }

    /** Adds documents as staging would have them, those included that it would have no room for. */
    public void addAll(Map<String, List<RawBsonDocument>> more) {
        Fragment.of(key, 0, more).forEach(this::add);
    }
}
