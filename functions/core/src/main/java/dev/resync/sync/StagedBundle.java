package dev.resync.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * All fragments of one key together.
 *
 * @param key the plan's key
 * @param documents documents by source, without those that staging had no room for
 * @param tooLarge documents that staging had no room for
 */
public record StagedBundle(BsonValue key, Map<String, List<BsonDocument>> documents, List<TooLarge> tooLarge) {

    /**
     * A document that staging had no room for.
     *
     * @param bytes its size
     * @param version which one it is
     */
    public record TooLarge(String source, int bytes, DocumentVersion version) {}

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
        Grouping grouping = new Grouping(bundles);
        fragments.forEach(grouping::add);
        grouping.end();
    }

    /** Fragments of one key that follow each other become a bundle. */
    private static final class Grouping {

        private final Consumer<StagedBundle> bundles;
        private StagedBundle bundle;

        Grouping(Consumer<StagedBundle> bundles) {
            this.bundles = bundles;
        }

        void add(BsonDocument fragment) {
            BsonValue key = Fragment.keyOf(fragment);
            if (bundle != null && !bundle.key().equals(key)) {
                end();
            }
            if (bundle == null) {
                bundle = empty(key);
            }
            bundle.add(fragment);
        }

        void end() {
            if (bundle != null) {
                bundles.accept(bundle);
                bundle = null;
            }
        }
    }

    private void add(BsonDocument fragment) {
        Fragment.forEachDocument(fragment, (source, document) -> documents
                .computeIfAbsent(source, name -> new ArrayList<>())
                .add(document));
        Fragment.forEachTooLarge(fragment, tooLarge::add);
    }

    /** Returns all documents by source, an empty one for each that staging had no room for. */
    public Map<String, List<BsonDocument>> all() {
        Map<String, List<BsonDocument>> all = new LinkedHashMap<>();
        documents.forEach((source, found) -> all.put(source, new ArrayList<>(found)));
        tooLarge.forEach(document -> all.computeIfAbsent(document.source(), name -> new ArrayList<>())
                .add(new BsonDocument()));
        return all;
    }

    /** Returns the bundle without some versions, by source. */
    public StagedBundle without(BiPredicate<String, DocumentVersion> gone) {
        StagedBundle rest = empty(key);
        DocumentVersion.Factory versions = new DocumentVersion.Factory();
        documents.forEach((source, found) -> {
            List<BsonDocument> kept = found.stream()
                    .filter(document -> !gone.test(source, versions.of(document)))
                    .toList();
            if (!kept.isEmpty()) {
                rest.documents.put(source, new ArrayList<>(kept));
            }
        });
        tooLarge.stream()
                .filter(document -> !gone.test(document.source(), document.version()))
                .forEach(rest.tooLarge::add);
        return rest;
    }

    /** Adds documents as staging would have them, those included that it would have no room for. */
    public void addAll(Map<String, List<RawBsonDocument>> more) {
        Fragment.of(key, 0, more).forEach(this::add);
    }
}
