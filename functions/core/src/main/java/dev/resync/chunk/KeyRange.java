package dev.resync.chunk;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * One part of a key space: a half-open range {@code [from, to)} within one family, or the complement, which holds every
 * document that no range of the family finds (other types, null, missing, NaN, arrays, MinKey, MaxKey).
 *
 * @param family the family of the ranges that this one belongs to
 * @param from least key included; null for the first range
 * @param to first key not included; null for the last range
 * @param complement whether this is the complement; {@code from} and {@code to} are null then
 */
public record KeyRange(KeyFamily family, BsonValue from, BsonValue to, boolean complement) {

    public KeyRange {
        if (complement && (from != null || to != null)) {
            throw new IllegalArgumentException("a complement has no bounds");
        }
        if (from != null && to != null && family.order().compare(from, to) >= 0) {
            // Without the keys, which may be sensitive.
            throw new IllegalArgumentException("a range whose end is not after its beginning");
        }
    }

    /**
     * Returns the parts that cover the whole key space: one range more than there are boundaries, then the complement.
     *
     * @param boundaries ascending, without equals, all of the family; may be empty
     */
    public static List<KeyRange> cover(KeyFamily family, List<BsonValue> boundaries) {
        List<KeyRange> ranges = new ArrayList<>(boundaries.size() + 2);
        BsonValue from = null;
        for (BsonValue boundary : boundaries) {
            ranges.add(new KeyRange(family, from, boundary, false));
            from = boundary;
        }
        ranges.add(new KeyRange(family, from, null, false));
        ranges.add(new KeyRange(family, null, null, true));
        return List.copyOf(ranges);
    }

    /**
     * Returns a query that finds at least the documents of this part. It may find others too (an array whose elements lie
     * in the range), so the reader must ask {@link #contains} of every document's key.
     *
     * @param field dotted path of the key field
     */
    public BsonDocument filter(String field) {
        return complement ? complementFilter(field) : new BsonDocument(field, bounds());
    }

    /**
     * Returns whether a document with this key belongs to this part. Exactly one part of a cover contains any key.
     *
     * @param key the value at the key field; null or the array where the field is or lies in one; null where it is missing
     */
    public boolean contains(BsonValue key) {
        if (!family.holds(key)) {
            return complement;
        }
        return !complement
                && (from == null || family.order().compare(key, from) >= 0)
                && (to == null || family.order().compare(key, to) < 0);
    }

    private BsonDocument bounds() {
        BsonDocument bounds = new BsonDocument("$gte", from == null ? family.lowest() : from);
        return to == null ? bounds : bounds.append("$lt", to);
    }

    private BsonDocument complementFilter(String field) {
        BsonArray any = new BsonArray();
        any.add(new BsonDocument("$nor", new BsonArray(List.of(new BsonDocument(field, family.all())))));
        List<BsonValue> odd = family.neverInRange();
        if (!odd.isEmpty()) {
            any.add(new BsonDocument(field, new BsonDocument("$in", new BsonArray(odd))));
        }
        // A range matches an array by its elements, so arrays must be asked for on every step of the path.
        StringBuilder path = new StringBuilder();
        for (String step : field.split("\\.")) {
            path.append(step).append('.');
            any.add(new BsonDocument(path + "0", new BsonDocument("$exists", BsonBoolean.TRUE)));
        }
        return new BsonDocument("$or", any);
    }
}
