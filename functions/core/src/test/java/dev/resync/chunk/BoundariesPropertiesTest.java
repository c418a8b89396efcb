package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
