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

    /** The samples of each key together, ascending by key. */
    private final List<List<KeySample>> keys = new ArrayList<>();

    private final RangeFill fill;

    private Boundaries(KeyFamily family, List<KeySample> samples, long maxDocuments, long maxBytes) {
        List<KeySample> ordered = new ArrayList<>(samples);
        ordered.sort((a, b) -> family.order().compare(a.key(), b.key()));
        int first = 0;
        for (int i = 1; i <= ordered.size(); i++) {
            if (i == ordered.size()
                    || family.order()
                                    .compare(
                                            ordered.get(first).key(),
                                            ordered.get(i).key())
                            != 0) {
                keys.add(ordered.subList(first, i));
                first = i;
            }
        }
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
        int wanted = boundaries.cuts(1).size();
        int cuts = Math.min(wanted, maxRanges - 1);
        double tooLittle = 0;
        double enough = cuts == wanted ? 1 : boundaries.fillOfAll();
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
        keys.forEach(ofKey -> ofKey.forEach(fill::add));
        return fill.most;
    }

    /** Cuts where the next key would not fit any more; one that fits nowhere has a range of its own. */
    private List<BsonValue> cuts(double room) {
        List<BsonValue> cuts = new ArrayList<>();
        fill.empty();
        for (List<KeySample> ofKey : keys) {
            boolean first = fill.most == 0;
            ofKey.forEach(fill::add);
            if (!first && fill.most > room * (1 + ROUNDING)) {
                cuts.add(ofKey.get(0).key());
                fill.empty();
                ofKey.forEach(fill::add);
            }
        }
        return cuts;
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
