package dev.resync.catchup;

import dev.resync.chunk.DocumentKey;
import dev.resync.chunk.SourceAccount;
import dev.resync.sync.StagedBundle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Documents that were added or changed since a run read their source, and the keys whose bundles they change. */
final class Changes {

    private final Map<String, Map<ByteBuffer, Change>> bySource = new TreeMap<>();
    private final Map<BsonValue, BsonValue> keys = new LinkedHashMap<>();
    private final Map<BsonValue, Map<String, List<RawBsonDocument>>> added = new HashMap<>();
    private final Map<String, Long> replaced = new TreeMap<>();
    private long documents;
    private long bytes;

    /**
     * A changed document.
     *
     * @param document what it is now
     * @param account what it counts as before mapping
     * @param key its key; null where it has none
     * @param before keys that older versions of it are staged under
     */
    record Change(RawBsonDocument document, SourceAccount account, BsonValue key, Collection<BsonValue> before) {

        int bytes() {
            return document.getByteBuffer().remaining();
        }
    }

    /**
     * Adds a changed document. One that was added before, since a reader may meet a document again that is changed meanwhile,
     * takes the place of that.
     *
     * @param id as {@link dev.resync.sync.DocumentVersion} has it
     */
    void put(String source, ByteBuffer id, Change change) {
        Change earlier =
                bySource.computeIfAbsent(source, any -> new LinkedHashMap<>()).put(id, change);
        documents += earlier == null ? 1 : 0;
        bytes += change.bytes() - (earlier == null ? 0 : earlier.bytes());
    }

    /** Returns the number of changed documents. */
    long documents() {
        return documents;
    }

    /** Returns their size in bytes. */
    long bytes() {
        return bytes;
    }

    /** To be called once, after the last change was added and before what follows is asked. */
    Changes complete() {
        bySource.forEach((source, changes) -> changes.values().forEach(change -> {
            change.before().forEach(this::touch);
            if (change.key() != null) {
                touch(change.key());
                added.computeIfAbsent(DocumentKey.of(change.key()), any -> new LinkedHashMap<>())
                        .computeIfAbsent(source, any -> new ArrayList<>(1))
                        .add(change.document());
            }
        }));
        return this;
    }

    private void touch(BsonValue key) {
        keys.put(DocumentKey.of(key), key);
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
        StagedBundle now = staged.without((source, version) -> {
            boolean older = bySource.getOrDefault(source, Map.of()).containsKey(version.id());
            if (older) {
                replaced.merge(source, 1L, Long::sum);
            }
            return older;
        });
        now.addAll(added.getOrDefault(DocumentKey.of(staged.key()), Map.of()));
        return now;
    }

    /** Returns how many documents were changed, by source. */
    Map<String, Long> bySource() {
        Map<String, Long> changed = new TreeMap<>();
        bySource.forEach((source, changes) -> changed.put(source, (long) changes.size()));
        return changed;
    }

    /** Returns how many older versions the renewed bundles had, by source. */
    Map<String, Long> replaced() {
        return replaced;
    }

    /** Returns what the changed documents count as before mapping, and their older versions as superseded. */
    Map<String, SourceAccount> accounts() {
        Map<String, SourceAccount> all = new TreeMap<>();
        bySource.forEach((source, changes) ->
                changes.values().forEach(change -> all.merge(source, change.account(), SourceAccount::plus)));
        replaced.forEach((source, count) ->
                all.merge(source, new SourceAccount(0, 0, Map.of(), 0, 0, count, 0), SourceAccount::plus));
        return all;
    }
}
