package dev.resync.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.ClasspathPlans;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class EstimatorPropertiesTest {

    private static final long MOST = 1_000_000_000_000L;
    private static final Set<String> CHUNKED = Set.of("snapshot-chunk", "sync-chunk", "map-chunk");

    private final Plan plan = new ClasspathPlans(new PlanReader(), List.of("revalidation")).load("revalidation");

    @Property
    void moreDocumentsAreNeverLessWork(
            @ForAll @LongRange(min = 0, max = MOST) long one,
            @ForAll @LongRange(min = 0, max = MOST) long other,
            @ForAll @IntRange(min = 1, max = 1_000_000) int chunkDocuments,
            @ForAll @IntRange(min = 1, max = 1_000) int concurrency,
            @ForAll @IntRange(min = 1, max = 100_000) int documentBytes) {
        Estimate fewer = estimate(Math.min(one, other), chunkDocuments, concurrency, documentBytes, 1_000);
        Estimate more = estimate(Math.max(one, other), chunkDocuments, concurrency, documentBytes, 1_000);

        assertThat(more.transitions()).isGreaterThanOrEqualTo(fewer.transitions());
        assertThat(more.calls()).isGreaterThanOrEqualTo(fewer.calls());
        assertThat(more.gigabyteSeconds()).isGreaterThanOrEqualTo(fewer.gigabyteSeconds());
        assertThat(more.seconds()).isGreaterThanOrEqualTo(fewer.seconds() * (1 - 1e-9));
        assertThat(more.reads()).isGreaterThanOrEqualTo(fewer.reads());
        assertThat(more.writes()).isGreaterThanOrEqualTo(fewer.writes());
        assertThat(more.spaceBytes()).isGreaterThanOrEqualTo(fewer.spaceBytes());
        assertThat(more.mapChildren()).isGreaterThanOrEqualTo(fewer.mapChildren());
        assertThat(subjects(more)).containsAll(subjects(fewer));
    }

    @Property
    void noLimitIsPassedInSilence(
            @ForAll @LongRange(min = 0, max = MOST) long documents,
            @ForAll @IntRange(min = 1, max = 1_000_000) int chunkDocuments,
            @ForAll @IntRange(min = 1, max = 1_000) int concurrency,
            @ForAll @IntRange(min = 1, max = 100_000) int documentBytes,
            @ForAll @DoubleRange(min = 1, max = 100_000) double rate) {
        Estimate estimate = estimate(documents, chunkDocuments, concurrency, documentBytes, rate);
        Set<String> subjects = subjects(estimate);

        estimate.steps().forEach(step -> {
            double most = CHUNKED.contains(step.function()) ? 120 : 780;
            assertThat(step.callSeconds() <= most || subjects.contains(step.function()))
                    .as("%s takes %s seconds", step.function(), step.callSeconds())
                    .isTrue();
            if (CHUNKED.contains(step.function())) {
                assertThat(step.calls()).isLessThanOrEqualTo(10_000);
            }
        });
        assertThat(estimate.payloadBytes()).isLessThanOrEqualTo(262_144);
        assertThat(estimate.historyEvents()).isLessThanOrEqualTo(25_000);
        assertThat(estimate.seconds() <= 172_800 || subjects.contains("duration"))
                .as("takes %s seconds", estimate.seconds())
                .isTrue();
        assertThat(concurrency > 900).isEqualTo(subjects.contains("concurrency"));
    }

    private Estimate estimate(long documents, int chunkDocuments, int concurrency, int documentBytes, double rate) {
        return Estimator.estimate(
                new Sizing(
                        plan,
                        false,
                        documents,
                        Map.of(),
                        documentBytes,
                        chunkDocuments,
                        concurrency,
                        Throughput.MEASURED.withChunks(rate),
                        1_769,
                        0.5,
                        3),
                null);
    }

    private static Set<String> subjects(Estimate estimate) {
        return estimate.warnings().stream().map(Warning::subject).collect(Collectors.toSet());
    }
}
