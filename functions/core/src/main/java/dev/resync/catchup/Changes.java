package dev.resync.catchup;

import dev.resync.chunk.DocumentKey;
import dev.resync.chunk.SourceAccount;
import dev.resync.sync.StagedBundle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Documents that were added or changed since a run read their source, and the keys whose bundles they change. */
final class Changes {

    private final Map<BsonValue, Map<String, List<RawBsonDocument>>> added = new HashMap<>();
    private final Map<String, Set<BsonValue>> ids = new HashMap<>();
    private final Map<BsonValue, BsonValue> keys = new LinkedHashMap<>();
    private final Map<String, SourceAccount> accounts = new TreeMap<>();
    private final Map<String, Long> replaced = new TreeMap<>();
    private long documents;

    /**
     * Adds a changed document.
     *
     * @param account what it counts as before mapping
     * @param key its key; null where it has none
     * @param before keys that older versions of it are staged under
     */
    void add(
            String source,
            RawBsonDocument document,
            SourceAccount account,
            BsonValue key,
            Collection<BsonValue> before) {
        documents++;
        accounts.merge(source, account, SourceAccount::plus);
        ids.computeIfAbsent(source, any -> new HashSet<>()).add(DocumentKey.of(document.get("_id")));
        before.forEach(this::touch);
        if (key != null) {
            touch(key);
            added.computeIfAbsent(DocumentKey.of(key), any -> new LinkedHashMap<>())
                    .computeIfAbsent(source, any -> new ArrayList<>(1))
                    .add(document);
        }
    }

    private void touch(BsonValue key) {
        keys.put(DocumentKey.of(key), key);
    }

    /** Returns the number of changed documents. */
    long documents() {
        return documents;
    }

    /** Returns the keys whose bundles are others now. */
    Collection<BsonValue> keys() {
        return keys.values();
    }

    /** Returns whether the bundle of a key is another one now. */
    boolean touches(BsonValue key) {
        return keys.containsKey(DocumentKey.of(key));
    }

    /** Returns what a staged bundle is now; counts the older versions that it had. */
    StagedBundle renew(StagedBundle staged) {
        StagedBundle now = StagedBundle.empty(staged.key());
        staged.documents().forEach((source, documents) -> {
            List<BsonDocument> kept = new ArrayList<>(documents);
            for (Iterator<BsonDocument> each = kept.iterator(); each.hasNext(); ) {
                BsonValue id = each.next().get("_id");
                if (id != null && ids.getOrDefault(source, Set.of()).contains(DocumentKey.of(id))) {
                    each.remove();
                    replaced.merge(source, 1L, Long::sum);
                }
            }
            if (!kept.isEmpty()) {
                now.documents().put(source, kept);
            }
        });
        now.tooLarge().addAll(staged.tooLarge());
        now.addAll(added.getOrDefault(DocumentKey.of(staged.key()), Map.of()));
        return now;
    }

    /** Returns how many documents were changed, by source. */
    Map<String, Long> bySource() {
        Map<String, Long> changed = new TreeMap<>();
        accounts.forEach((source, account) -> changed.put(source, account.read()));
        return changed;
    }

    /** Returns how many older versions the renewed bundles had, by source. */
    Map<String, Long> replaced() {
        return replaced;
    }

    /** Returns what the changed documents count as before mapping, and their older versions as superseded. */
    Map<String, SourceAccount> accounts() {
        Map<String, SourceAccount> all = new TreeMap<>(accounts);
        replaced.forEach((source, count) ->
                all.merge(source, new SourceAccount(0, 0, Map.of(), 0, 0, count, 0), SourceAccount::plus));
        return all;
    }
}
