package dev.resync.verify;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.TargetPlan;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Compares live and a sealed shadow range by range, so that memory depends on the size of a range only. */
final class Comparison {

    private static final KeyPath ID = new KeyPath("_id");

    private final MongoStore store;

    Comparison(MongoStore store) {
        this.store = store;
    }

    /**
     * Compares two collections; a missing one counts as empty.
     *
     * @param plan whose fields are to be counted; null for none
     * @param ranges cover of {@code _id}
     */
    TargetComparison compare(
            String target, MongoNamespace live, MongoNamespace shadow, TargetPlan plan, List<KeyRange> ranges) {
        Tally tally = new Tally(plan);
        for (KeyRange range : ranges) {
            compareRange(live, shadow, range, tally);
        }
        return tally.toComparison(target);
    }

    /** Accounts for a live collection that is to be dropped; a missing one counts as empty. */
    TargetComparison allRemoved(String target, MongoNamespace live) {
        HashSum sum = new HashSum();
        for (RawBsonDocument document : store.scan(live)) {
            sum.add(document);
        }
        ContentHash content = sum.toContentHash();
        return new TargetComparison(target, content, ContentHash.EMPTY, 0, 0, content.documents(), 0, List.of());
    }

    private void compareRange(MongoNamespace live, MongoNamespace shadow, KeyRange range, Tally tally) {
        Map<BsonValue, byte[]> liveDigests = new HashMap<>();
        for (RawBsonDocument document : store.find(live, range.filter("_id"))) {
            if (range.contains(ID.read(document))) {
                liveDigests.put(identity(document), tally.live(document));
            }
        }
        for (RawBsonDocument document : store.find(shadow, range.filter("_id"))) {
            if (range.contains(ID.read(document))) {
                byte[] digest = tally.shadow(document);
                byte[] before = liveDigests.remove(identity(document));
                if (before == null) {
                    tally.added++;
                } else if (Arrays.equals(before, digest)) {
                    tally.unchanged++;
                } else {
                    tally.changed++;
                }
            }
        }
        tally.removed += liveDigests.size();
    }

    /** Whole numbers that compare equal are one key to the server, whatever their type. */
    private static BsonValue identity(RawBsonDocument document) {
        BsonValue id = document.get("_id");
        return id.isInt32() ? new BsonInt64(id.asInt32().getValue()) : id;
    }

    private static final class Tally {
        private final HashSum live = new HashSum();
        private final HashSum shadow = new HashSum();
        private final PresenceCounter livePresence;
        private final PresenceCounter shadowPresence;
        private long added;
        private long changed;
        private long removed;
        private long unchanged;

        private Tally(TargetPlan plan) {
            livePresence = plan == null ? null : new PresenceCounter(plan);
            shadowPresence = plan == null ? null : new PresenceCounter(plan);
        }

        private byte[] live(RawBsonDocument document) {
            if (livePresence != null) {
                livePresence.count(document);
            }
            return live.add(document);
        }

        private byte[] shadow(RawBsonDocument document) {
            if (shadowPresence != null) {
                shadowPresence.count(document);
            }
            return shadow.add(document);
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
