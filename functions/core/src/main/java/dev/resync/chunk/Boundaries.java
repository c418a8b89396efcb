package dev.resync.chunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonValue;

/**
 * Cuts a key space into ranges of bounded documents and bytes, as far as samples can tell: as few as the bounds allow, and
 * then with the fullest as little full as it can be.
 */
public final class Boundaries {

    /** Halvings of the interval in which the least room that is enough lies. */
    private static final int HALVINGS = 40;

    /** Sums of fractions are a little off. */
    private static final double ROUNDING = 1e-9;

    private final KeyFamily family;
    private final List<KeySample> ordered;
    private final RangeFill fill;

    private Boundaries(KeyFamily family, List<KeySample> samples, long maxDocuments, long maxBytes) {
        this.family = family;
        this.ordered = new ArrayList<>(samples);
        ordered.sort((a, b) -> family.order().compare(a.key(), b.key()));
        int collections =
                1 + samples.stream().mapToInt(KeySample::collection).max().orElse(0);
        this.fill = new RangeFill(new double[collections], maxDocuments, maxBytes);
    }

    /**
     * Returns where to cut.
     *
     * @param samples in any order, all of the family; may be empty
     * @param maxDocuments documents of one collection that a range is meant to hold at most, 1 or more
     * @param maxBytes bytes of all collections that a range is meant to hold at most, 1 or more
     * @param maxRanges ranges at most, 1 or more; the ranges grow rather than become more
     * @return ascending, without equals
     */
    public static List<BsonValue> cut(
            KeyFamily family, List<KeySample> samples, long maxDocuments, long maxBytes, int maxRanges) {
        Boundaries boundaries = new Boundaries(family, samples, maxDocuments, maxBytes);
        int cuts = Math.min(boundaries.cuts(1).size(), maxRanges - 1);
        double tooLittle = 0;
        double enough = boundaries.fillOfAll();
        for (int i = 0; i < HALVINGS && cuts > 0; i++) {
            double room = (tooLittle + enough) / 2;
            if (boundaries.cuts(room).size() <= cuts) {
                enough = room;
            } else {
                tooLittle = room;
            }
        }
        return boundaries.cuts(enough);
    }

    private double fillOfAll() {
        fill.empty();
        ordered.forEach(fill::add);
        return fill.most;
    }

    /** Cuts where the next key would not fit any more; one that fits nowhere has a range of its own. */
    private List<BsonValue> cuts(double room) {
        List<BsonValue> cuts = new ArrayList<>();
        fill.empty();
        int next;
        for (int first = 0; first < ordered.size(); first = next) {
            next = endOfKey(first);
            List<KeySample> ofKey = ordered.subList(first, next);
            ofKey.forEach(fill::add);
            if (first > 0 && fill.most > room * (1 + ROUNDING)) {
                cuts.add(ordered.get(first).key());
                fill.empty();
                ofKey.forEach(fill::add);
            }
        }
        return cuts;
    }

    private int endOfKey(int first) {
        int end = first + 1;
        while (end < ordered.size()
                && family.order()
                                .compare(
                                        ordered.get(first).key(),
                                        ordered.get(end).key())
                        == 0) {
            end++;
        }
        return end;
    }

    /** How full the range at hand is, by the measure that fills it most; 1 is full. */
    private static final class RangeFill {

        private final double[] documents;
        private final long maxDocuments;
        private final long maxBytes;
        private double bytes;
        private double most;

        RangeFill(double[] documents, long maxDocuments, long maxBytes) {
            this.documents = documents;
            this.maxDocuments = maxDocuments;
            this.maxBytes = maxBytes;
        }

        void add(KeySample sample) {
            documents[sample.collection()] += sample.documents();
            bytes += sample.bytes();
            most = Math.max(most, Math.max(documents[sample.collection()] / maxDocuments, bytes / maxBytes));
        }

        void empty() {
            Arrays.fill(documents, 0);
            bytes = 0;
            most = 0;
        }
    }
}
