package dev.resync.chunk;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonValue;

/** Cuts a key space into ranges of bounded documents and bytes, as far as samples can tell. */
public final class Boundaries {

    private Boundaries() {}

    /**
     * Returns where to cut.
     *
     * @param samples in any order, all of the family; may be empty
     * @param maxDocuments documents a range is meant to hold at most, 1 or more
     * @param maxBytes bytes a range is meant to hold at most, 1 or more
     * @param maxRanges ranges at most, 1 or more; the ranges grow rather than become more
     * @return ascending, without equals
     */
    public static List<BsonValue> cut(
            KeyFamily family, List<KeySample> samples, long maxDocuments, long maxBytes, int maxRanges) {
        double weight = samples.stream()
                .mapToDouble(sample -> weight(sample, maxDocuments, maxBytes))
                .sum();
        int ranges = (int) Math.max(1, Math.min(Math.ceil(weight), maxRanges));
        double share = weight / ranges;
        List<KeySample> ordered = new ArrayList<>(samples);
        ordered.sort((a, b) -> family.order().compare(a.key(), b.key()));
        List<BsonValue> cuts = new ArrayList<>();
        double before = 0;
        BsonValue last = ordered.isEmpty() ? null : ordered.get(0).key();
        for (KeySample sample : ordered) {
            int sharesBefore = (int) (before / share * (1 + 1e-9));
            if (sharesBefore > cuts.size()
                    && cuts.size() < ranges - 1
                    && family.order().compare(last, sample.key()) < 0) {
                cuts.add(sample.key());
                last = sample.key();
            }
            before += weight(sample, maxDocuments, maxBytes);
        }
        return cuts;
    }

    /** Share of a full range that a sample takes, by the measure that fills sooner at that place. */
    private static double weight(KeySample sample, long maxDocuments, long maxBytes) {
        return Math.max(sample.documents() / maxDocuments, sample.bytes() / maxBytes);
    }
}
