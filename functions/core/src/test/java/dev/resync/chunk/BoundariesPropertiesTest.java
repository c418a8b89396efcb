package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.bson.BsonInt32;
import org.bson.BsonValue;

class BoundariesPropertiesTest {

    private static final int MANY = 1_000_000;
    private static final int COLLECTIONS = 3;

    @Property(seed = "17", tries = 300)
    void areAscendingDistinctAndBoundedInNumber(
            @ForAll("samples") List<KeySample> samples,
            @ForAll @IntRange(min = 1, max = 50) int maxDocuments,
            @ForAll @IntRange(min = 1, max = 500) int maxBytes,
            @ForAll @IntRange(min = 1, max = 12) int maxRanges) {
        List<BsonValue> cuts = Boundaries.cut(KeyFamily.NUMBER, samples, maxDocuments, maxBytes, maxRanges);
        assertThat(cuts).hasSizeLessThan(maxRanges);
        for (int i = 1; i < cuts.size(); i++) {
            assertThat(KeyFamily.NUMBER.order().compare(cuts.get(i - 1), cuts.get(i)))
                    .isNegative();
        }
        assertThat(samples.stream().map(KeySample::key).toList()).containsAll(cuts);
    }

    @Property(seed = "17", tries = 300)
    void doNotDependOnTheOrderOfTheSamples(
            @ForAll("samples") List<KeySample> samples, @ForAll @IntRange(min = 1, max = 50) int maxDocuments) {
        List<KeySample> reversed = new ArrayList<>(samples);
        reversed.sort(Comparator.comparingInt(sample -> -sample.key().asInt32().getValue()));
        assertThat(Boundaries.cut(KeyFamily.NUMBER, reversed, maxDocuments, MANY, MANY))
                .isEqualTo(Boundaries.cut(KeyFamily.NUMBER, samples, maxDocuments, MANY, MANY));
    }

    /** A key cannot be cut, so a range may exceed its limits where it has one key alone. */
    @Property(seed = "17", tries = 500)
    void boundDocumentsOfEachCollectionAndBytesOfAll(
            @ForAll("samples") List<KeySample> samples,
            @ForAll @IntRange(min = 1, max = 50) int maxDocuments,
            @ForAll @IntRange(min = 1, max = 500) int maxBytes) {
        assertThat(keep(ranges(samples, maxDocuments, maxBytes, MANY), maxDocuments, maxBytes))
                .isTrue();
    }

    /** No other way to cut into as many ranges has a fullest range that is less full, and none with fewer keeps the limits. */
    @Property(seed = "17", tries = 300)
    void fillTheFullestRangeAsLittleAsCanBe(
            @ForAll("fewSamples") List<KeySample> samples,
            @ForAll @IntRange(min = 1, max = 20) int maxDocuments,
            @ForAll @IntRange(min = 1, max = 200) int maxBytes,
            @ForAll @IntRange(min = 1, max = 5) int maxRanges) {
        List<List<KeySample>> ranges = ranges(samples, maxDocuments, maxBytes, maxRanges);
        double fullest = fullest(ranges, maxDocuments, maxBytes);
        List<Integer> keys = samples.stream()
                .map(sample -> sample.key().asInt32().getValue())
                .distinct()
                .sorted()
                .toList();
        for (int chosen = 0; chosen < 1 << Math.max(0, keys.size() - 1); chosen++) {
            if (Integer.bitCount(chosen) < ranges.size()) {
                List<BsonValue> cuts = new ArrayList<>();
                for (int i = 1; i < keys.size(); i++) {
                    if ((chosen >> (i - 1) & 1) == 1) {
                        cuts.add(new BsonInt32(keys.get(i)));
                    }
                }
                List<List<KeySample>> other = split(samples, cuts);
                assertThat(fullest(other, maxDocuments, maxBytes))
                        .as("cut at %s", cuts)
                        .isGreaterThanOrEqualTo(fullest * (1 - 1e-6));
                assertThat(other.size() < ranges.size() && keep(other, maxDocuments, maxBytes))
                        .as("cut at %s", cuts)
                        .isFalse();
            }
        }
    }

    @Property(seed = "17", tries = 300)
    void cutEvenSamplesEvenly(
            @ForAll @IntRange(min = 1, max = 200) int samples,
            @ForAll @IntRange(min = 1, max = 30) int maxDocuments,
            @ForAll @IntRange(min = 1, max = 20) int maxRanges,
            @ForAll boolean byBytes) {
        List<KeySample> even = IntStream.range(0, samples)
                .mapToObj(key -> new KeySample(new BsonInt32(key), 0, byBytes ? 0.1 : 1, byBytes ? 1 : 0.1))
                .toList();
        int most = Math.min(maxRanges, (samples + maxDocuments - 1) / maxDocuments);
        List<List<KeySample>> ranges =
                ranges(even, byBytes ? MANY : maxDocuments, byBytes ? maxDocuments : MANY, maxRanges);
        assertThat(ranges).hasSizeLessThanOrEqualTo(most);
        assertThat(ranges.stream().mapToInt(List::size).max()).hasValue((samples + most - 1) / most);
    }

    /** Each collection counts for itself: four of the same keys are cut as one of them is. */
    @Example
    void countTheDocumentsOfEachCollection() {
        List<KeySample> four = IntStream.range(0, 4_000)
                .mapToObj(i -> new KeySample(new BsonInt32(i / 4), i % 4, 1, 10))
                .toList();
        assertThat(Boundaries.cut(KeyFamily.NUMBER, four, 250, MANY, MANY))
                .containsExactly(new BsonInt32(250), new BsonInt32(500), new BsonInt32(750));
        assertThat(Boundaries.cut(KeyFamily.NUMBER, four, 250, 5_000, MANY)).hasSize(7);
    }

    /** What stands for next to nothing behind all the rest must not open a range beyond the most. */
    @Example
    void keepToTheMostRangesBehindAHeavyKey() {
        List<KeySample> samples =
                List.of(new KeySample(new BsonInt32(1), 0, 1e12, 0), new KeySample(new BsonInt32(2), 0, 1, 0));
        assertThat(Boundaries.cut(KeyFamily.NUMBER, samples, 1, 1, 1)).isEmpty();
    }

    @Example
    void areNoneWithoutSamples() {
        assertThat(Boundaries.cut(KeyFamily.STRING, List.of(), 1, 1, 10)).isEmpty();
    }

    private static List<List<KeySample>> ranges(
            List<KeySample> samples, long maxDocuments, long maxBytes, int maxRanges) {
        return split(samples, Boundaries.cut(KeyFamily.NUMBER, samples, maxDocuments, maxBytes, maxRanges));
    }

    private static List<List<KeySample>> split(List<KeySample> samples, List<BsonValue> cuts) {
        return KeyRange.cover(KeyFamily.NUMBER, cuts).stream()
                .filter(range -> !range.complement())
                .map(range -> samples.stream()
                        .filter(sample -> range.contains(sample.key()))
                        .toList())
                .toList();
    }

    private static boolean keep(List<List<KeySample>> ranges, long maxDocuments, long maxBytes) {
        return ranges.stream().allMatch(range -> keys(range) < 2 || fill(range, maxDocuments, maxBytes) <= 1 + 1e-6);
    }

    private static double fullest(List<List<KeySample>> ranges, long maxDocuments, long maxBytes) {
        return ranges.stream()
                .mapToDouble(range -> fill(range, maxDocuments, maxBytes))
                .max()
                .orElse(0);
    }

    private static double fill(List<KeySample> range, long maxDocuments, long maxBytes) {
        double fill = range.stream().mapToDouble(KeySample::bytes).sum() / maxBytes;
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            double documents = of(range, collection).stream()
                    .mapToDouble(KeySample::documents)
                    .sum();
            fill = Math.max(fill, documents / maxDocuments);
        }
        return fill;
    }

    private static List<KeySample> of(List<KeySample> samples, int collection) {
        return samples.stream()
                .filter(sample -> sample.collection() == collection)
                .toList();
    }

    private static long keys(List<KeySample> range) {
        return range.stream().map(KeySample::key).distinct().count();
    }

    @Provide
    Arbitrary<List<KeySample>> fewSamples() {
        return samples().map(all -> all.stream()
                .filter(sample -> sample.key().asInt32().getValue() < 9)
                .toList());
    }

    @Provide
    Arbitrary<List<KeySample>> samples() {
        Arbitrary<BsonValue> keys = Arbitraries.integers().between(0, 60).map(BsonInt32::new);
        Arbitrary<Double> documents = Arbitraries.of(1.0, 2.5, 10.0);
        Arbitrary<Double> size = Arbitraries.of(0.0, 1.0, 10.0, 100.0);
        Arbitrary<Integer> collections = Arbitraries.integers().between(0, COLLECTIONS - 1);
        return Combinators.combine(keys, collections, documents, size)
                .as((key, collection, many, bytes) -> new KeySample(key, collection, many, many * bytes))
                .list()
                .ofMaxSize(80);
    }
}
