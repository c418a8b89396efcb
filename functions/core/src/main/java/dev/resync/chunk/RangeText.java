package dev.resync.chunk;

import dev.resync.store.ControlJson;

/**
 * A key range as control data keeps it.
 *
 * @param family bracket of the keys
 * @param from extended JSON; null for the first range
 * @param to extended JSON; null for the last range
 * @param complement whether it holds what no range of the family finds
 */
public record RangeText(KeyFamily family, String from, String to, boolean complement) {

    static RangeText of(KeyRange range) {
        return new RangeText(
                range.family(),
                range.from() == null ? null : ControlJson.encode(range.from()),
                range.to() == null ? null : ControlJson.encode(range.to()),
                range.complement());
    }

    KeyRange toRange() {
        return new KeyRange(
                family,
                from == null ? null : ControlJson.decode(from),
                to == null ? null : ControlJson.decode(to),
                complement);
    }
}
