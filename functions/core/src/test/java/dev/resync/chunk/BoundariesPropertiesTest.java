package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
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

    /** A key cannot be cut, so a range may exceed its limit by the documents of one key at either end. */
    @Property(seed = "17", tries = 300)
    void boundTheDocumentsOfARange(
            @ForAll("samples") List<KeySample> samples, @ForAll @IntRange(min = 1, max = 50) int maxDocuments) {
        List<BsonValue> cuts = Boundaries.cut(KeyFamily.NUMBER, samples, maxDocuments, MANY, MANY);
        bounded(samples, cuts, KeySample::documents, maxDocuments);
    }

    @Property(seed = "17", tries = 300)
    void boundTheBytesOfARange(
            @ForAll("samples") List<KeySample> samples, @ForAll @IntRange(min = 1, max = 500) int maxBytes) {
        List<BsonValue> cuts = Boundaries.cut(KeyFamily.NUMBER, samples, MANY, maxBytes, MANY);
        bounded(samples, cuts, KeySample::bytes, maxBytes);
    }

    @Property(seed = "17", tries = 300)
    void boundBothAtOnce(
            @ForAll("samples") List<KeySample> samples,
            @ForAll @IntRange(min = 1, max = 50) int maxDocuments,
            @ForAll @IntRange(min = 1, max = 500) int maxBytes) {
        List<BsonValue> cuts = Boundaries.cut(KeyFamily.NUMBER, samples, maxDocuments, maxBytes, MANY);
        bounded(samples, cuts, KeySample::documents, maxDocuments);
        bounded(samples, cuts, KeySample::bytes, maxBytes);
    }

    /** The weight of a key counts by the measure that fills sooner, so both together ask for as many ranges at most. */
    @Property(seed = "17", tries = 300)
    void areNoMoreThanTheLimitsAskFor(
            @ForAll("samples") List<KeySample> samples,
            @ForAll @IntRange(min = 1, max = 50) int maxDocuments,
            @ForAll @IntRange(min = 1, max = 500) int maxBytes) {
        double documents = samples.stream().mapToDouble(KeySample::documents).sum();
        double bytes = samples.stream().mapToDouble(KeySample::bytes).sum();
        assertThat(Boundaries.cut(KeyFamily.NUMBER, samples, maxDocuments, maxBytes, MANY)
                        .size())
                .isLessThanOrEqualTo((int) (documents / maxDocuments + bytes / maxBytes));
    }

    @Property(seed = "17", tries = 300)
    void cutEvenSamplesEvenly(
            @ForAll @IntRange(min = 1, max = 200) int samples,
            @ForAll @IntRange(min = 1, max = 30) int maxDocuments,
            @ForAll @IntRange(min = 1, max = 20) int maxRanges,
            @ForAll boolean byBytes) {
        List<KeySample> even = IntStream.range(0, samples)
                .mapToObj(key -> new KeySample(new BsonInt32(key), byBytes ? 0.1 : 1, byBytes ? 1 : 0.1))
                .toList();
        List<BsonValue> cuts = Boundaries.cut(
                KeyFamily.NUMBER, even, byBytes ? MANY : maxDocuments, byBytes ? maxDocuments : MANY, maxRanges);
        List<Long> sizes = KeyRange.cover(KeyFamily.NUMBER, cuts).stream()
                .filter(range -> !range.complement())
                .map(range -> even.stream()
                        .filter(sample -> range.contains(sample.key()))
                        .count())
                .toList();
        assertThat(sizes).hasSize(Math.min(maxRanges, (samples + maxDocuments - 1) / maxDocuments));
        assertThat(Collections.max(sizes) - Collections.min(sizes)).isLessThanOrEqualTo(1);
    }

    /** What stands for next to nothing behind all the rest must not open a range beyond the most. */
    @Example
    void keepToTheMostRangesBehindAHeavyKey() {
        List<KeySample> samples =
                List.of(new KeySample(new BsonInt32(1), 1e12, 0), new KeySample(new BsonInt32(2), 1, 0));
        assertThat(Boundaries.cut(KeyFamily.NUMBER, samples, 1, 1, 1)).isEmpty();
    }

    @Example
    void areNoneWithoutSamples() {
        assertThat(Boundaries.cut(KeyFamily.STRING, List.of(), 1, 1, 10)).isEmpty();
    }

    private static void bounded(
            List<KeySample> samples, List<BsonValue> cuts, ToDoubleFunction<KeySample> measure, double limit) {
        for (KeyRange range : KeyRange.cover(KeyFamily.NUMBER, cuts)) {
            double held = 0;
            double heaviestKey = 0;
            for (KeySample sample : samples) {
                if (range.contains(sample.key())) {
                    held += measure.applyAsDouble(sample);
                }
                heaviestKey = Math.max(
                        heaviestKey,
                        samples.stream()
                                .filter(other -> other.key().equals(sample.key()))
                                .mapToDouble(measure)
                                .sum());
            }
            assertThat(held)
                    .as("%s of %s cut at %s", range, samples, cuts)
                    .isLessThanOrEqualTo(limit + 2 * heaviestKey + 1e-6);
        }
    }

    @Provide
    Arbitrary<List<KeySample>> samples() {
        Arbitrary<BsonValue> keys = Arbitraries.integers().between(0, 60).map(BsonInt32::new);
        Arbitrary<Double> documents = Arbitraries.of(1.0, 2.5, 10.0);
        Arbitrary<Double> size = Arbitraries.of(0.0, 1.0, 10.0, 100.0);
        return Combinators.combine(keys, documents, size)
                .as((key, many, bytes) -> new KeySample(key, many, many * bytes))
                .list()
                .ofMaxSize(80);
    }
}
