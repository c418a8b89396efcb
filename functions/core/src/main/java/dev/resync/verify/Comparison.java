package dev.resync.verify;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.DocumentKey;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.Sensitivity;
import dev.resync.plan.TargetPlan;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Compares live and a sealed shadow range by range, each read once, so that memory depends on the size of a range only. */
final class Comparison {

    /** Most bytes of live's documents that are kept of one range, several times what a chunk is planned for. */
    static final long MOST_KEPT_BYTES = 64L * 1024 * 1024;

    private static final KeyPath ID = new KeyPath("_id");

    private final MongoStore store;
    private final Reading reading;
    private final long mostKeptBytes;

    /** @param reading what documents are read through */
    Comparison(MongoStore store, Reading reading) {
        this(store, reading, MOST_KEPT_BYTES);
    }

    /**
     * @param reading what documents are read through
     * @param mostKeptBytes most bytes of live's documents that are kept of one range to be compared field by field
     */
    Comparison(MongoStore store, Reading reading, long mostKeptBytes) {
        this.store = store;
        this.reading = reading;
        this.mostKeptBytes = mostKeptBytes;
    }

    /** What documents are read through, such as {@link dev.resync.pace.RunWatch#over}. */
    @FunctionalInterface
    interface Reading {

        /** Returns the same documents. */
        Iterable<RawBsonDocument> over(Iterable<RawBsonDocument> documents);
    }

    /**
     * Compares two collections; a missing one counts as empty.
     *
     * @param plan whose fields are to be counted; null for none
     * @param ranges cover of {@code _id}
     */
    TargetComparison compare(
            String target, MongoNamespace live, MongoNamespace shadow, TargetPlan plan, List<KeyRange> ranges) {
        return compare(target, live, shadow, new Tally(plan, null), ranges).comparison();
    }

    /**
     * Compares two collections field by field as well; a missing one counts as empty.
     *
     * @param plan what writes the fields
     * @param sensitivity what examples must not show
     * @param ranges cover of {@code _id}
     */
    Compared compareFields(
            MongoNamespace live,
            MongoNamespace shadow,
            TargetPlan plan,
            Sensitivity sensitivity,
            List<KeyRange> ranges) {
        return compare(plan.name(), live, shadow, new Tally(plan, new DifferenceTally(plan, sensitivity)), ranges);
    }

    /**
     * Two collections, compared.
     *
     * @param differences field by field; null where that was not asked for
     */
    record Compared(TargetComparison comparison, TargetDifferences differences) {}

    private Compared compare(
            String target, MongoNamespace live, MongoNamespace shadow, Tally tally, List<KeyRange> ranges) {
        for (KeyRange range : ranges) {
            compareRange(live, shadow, range, tally);
        }
        return new Compared(
                tally.toComparison(target), tally.differences == null ? null : tally.differences.toDifferences());
    }

    /** Accounts for a live collection that is to be dropped; a missing one counts as empty. */
    TargetComparison allRemoved(String target, MongoNamespace live) {
        ContentHash content = HashSum.of(reading.over(store.scan(live)));
        return new TargetComparison(target, content, ContentHash.EMPTY, 0, 0, content.documents(), 0, List.of());
    }

    private void compareRange(MongoNamespace live, MongoNamespace shadow, KeyRange range, Tally tally) {
        Map<BsonValue, Seen> seen = new HashMap<>();
        long room = tally.differences == null ? 0 : mostKeptBytes;
        for (RawBsonDocument document : reading.over(store.find(live, range.filter("_id")))) {
            if (range.contains(ID.read(document))) {
                int bytes = document.getByteBuffer().remaining();
                boolean kept = bytes <= room;
                room -= kept ? bytes : 0;
                seen.put(DocumentKey.of(document.get("_id")), new Seen(tally.live(document), kept ? document : null));
            }
        }
        for (RawBsonDocument document : reading.over(store.find(shadow, range.filter("_id")))) {
            if (range.contains(ID.read(document))) {
                tally.shadow(document, seen.remove(DocumentKey.of(document.get("_id"))));
            }
        }
        tally.removed(seen);
    }

    /**
     * A document of live.
     *
     * @param document null where it is not kept
     */
    private record Seen(byte[] digest, RawBsonDocument document) {}

    private static final class Tally {
        private final HashSum live = new HashSum();
        private final HashSum shadow = new HashSum();
        private final PresenceCounter livePresence;
        private final PresenceCounter shadowPresence;
        private final DifferenceTally differences;
        private long added;
        private long changed;
        private long removed;
        private long unchanged;

        private Tally(TargetPlan plan, DifferenceTally differences) {
            this.differences = differences;
            livePresence = plan == null ? null : new PresenceCounter(plan);
            shadowPresence = plan == null ? null : new PresenceCounter(plan);
        }

        private byte[] live(RawBsonDocument document) {
            if (livePresence != null) {
                livePresence.count(document);
            }
            return live.add(document);
        }

        /** @param before what live has under the key; null for nothing */
        private void shadow(RawBsonDocument document, Seen before) {
            if (shadowPresence != null) {
                shadowPresence.count(document);
            }
            byte[] digest = shadow.add(document);
            if (before == null) {
                added++;
                if (differences != null) {
                    differences.added(document.get("_id"));
                }
            } else if (Arrays.equals(before.digest(), digest)) {
                unchanged++;
            } else {
                changed++;
                if (differences != null) {
                    differences.changed(document.get("_id"), before.document(), document);
                }
            }
        }

        private void removed(Map<BsonValue, Seen> left) {
            removed += left.size();
            if (differences != null) {
                left.keySet().forEach(differences::removed);
            }
        }

        private TargetComparison toComparison(String target) {
            return new TargetComparison(
                    target, live.toContentHash(), shadow.toContentHash(), added, changed, removed, unchanged, fields());
        }

        private List<FieldPresence> fields() {
            List<FieldPresence> fields = new ArrayList<>();
            if (livePresence != null) {
                for (int i = 0; i < livePresence.fields().size(); i++) {
                    PresenceCounter.Field before = livePresence.fields().get(i);
                    PresenceCounter.Field after = shadowPresence.fields().get(i);
                    fields.add(new FieldPresence(
                            before.id(), before.values(), before.total(), after.values(), after.total()));
                }
            }
            return fields;
        }
    }
}
