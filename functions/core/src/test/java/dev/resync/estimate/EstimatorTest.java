package dev.resync.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resync.chunk.ChunkPlanner;
import dev.resync.error.RequestInvalid;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.plan.ClasspathPlans;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimatorTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final int PEOPLE = 40;

    private final Plan plan = new ClasspathPlans(new PlanReader(), List.of("revalidation")).load("revalidation");

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 10, 39, 40, 1_000})
    void chunksAreAsManyAsThePlannerCuts(int chunkDocuments) {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
        RunDriver run = fixture.admit(fixture.request("DRY_RUN").put("chunkDocuments", chunkDocuments))
                .through("plan-chunks");
        Plan people = fixture.plans().load(fixture.run(run.runId()).plan());
        Estimate estimate = Estimator.estimate(sizing(people, PEOPLE, chunkDocuments), null);

        // The planner adds up many small shares, and may find one range more in each key space.
        assertThat(run.count("snapshot"))
                .isBetween(
                        (int) estimate.step("snapshot-chunk").calls(),
                        (int) estimate.step("snapshot-chunk").calls()
                                + people.targets().size());
        // Only where a chunk is smaller than what belongs to one key can there be fewer.
        int families = 1;
        assertThat(run.count("sync"))
                .isBetween(
                        (int) estimate.step("sync-chunk").calls(),
                        (int) estimate.step("sync-chunk").calls() + families);
        assertThat((long) run.count("map"))
                .as("several documents of a key are never cut apart")
                .isLessThanOrEqualTo(estimate.step("map-chunk").calls() + 1);
    }

    @Test
    void aTypicalRunNeedsNoWarning() {
        Estimate estimate = Estimator.estimate(sizing(plan, 100_000, 10_000), null);
        assertThat(estimate.warnings()).isEmpty();
        assertThat(estimate.step("snapshot-chunk").calls()).isEqualTo(2 * (10 + 1));
        assertThat(estimate.step("snapshot-chunk").reads()).isEqualTo(400_000);
        assertThat(estimate.step("snapshot-chunk").writes()).isEqualTo(200_000);
        assertThat(estimate.step("sync-chunk").reads()).isEqualTo(500_000);
        assertThat(estimate.transitions())
                .isEqualTo(21
                        + estimate.step("snapshot-chunk").calls()
                        + estimate.step("sync-chunk").calls()
                        + estimate.step("map-chunk").calls());
    }

    @Test
    void aBillionDocumentsAreBeyondWhatOneCallCanProve() {
        Estimate estimate = Estimator.estimate(sizing(plan, 1_000_000_000, 10_000), null);
        assertThat(estimate.warnings())
                .extracting(Warning::subject)
                .contains("seal-snapshot", "seal-staging", "seal-shadow", "verify", "snapshot-chunk");
        assertThat(estimate.mapChildren()).isLessThanOrEqualTo(Quotas.MAP_CHILDREN);
    }

    @Test
    void chunksThatHoldTooMuchAreNamedWithTheMemoryThatTheyNeed() {
        Sizing large =
                new Sizing(plan, false, 100_000, Map.of(), 1_000, 1_000_000, 4, Throughput.MEASURED, 128, 0.5, 3);
        assertThat(Estimator.estimate(large, null).warnings()).anySatisfy(warning -> {
            assertThat(warning.subject()).isEqualTo("snapshot-chunk");
            assertThat(warning.message()).contains("Set memory to");
        });
    }

    @Test
    void slowChunksAreNamedWithTheSizeThatFits() {
        Sizing slow = new Sizing(
                plan, false, 100_000, Map.of(), 1_000, 10_000, 4, Throughput.MEASURED.withChunks(50), 1_769, 0, 3);
        Warning warning = Estimator.estimate(slow, null).warnings().stream()
                .filter(found -> found.subject().equals("snapshot-chunk"))
                .findFirst()
                .orElseThrow();
        assertThat(warning.message()).contains("takes 200 seconds").contains("Set chunkDocuments to at most 6,000.");
    }

    @Test
    void costIsWhatTheReadersPricesMakeOfIt() {
        Estimate without = Estimator.estimate(sizing(plan, 100_000, 10_000), null);
        assertThat(without.cost()).isNull();
        Estimate with = Estimator.estimate(sizing(plan, 100_000, 10_000), new Prices(20, 0.5, 3));
        assertThat(with.cost())
                .isCloseTo(
                        with.transitions() * 20 / 1e6 + with.gigabyteSeconds() * 0.5 + with.calls() * 3 / 1e6,
                        within(1e-9));
    }

    @Test
    void theListOfIndexesIsAsLongAsItsText() {
        for (int items : List.of(0, 1, 2, 10, 11, 1_234, ChunkPlanner.MAX_RANGES)) {
            StringBuilder text = new StringBuilder("[");
            for (int i = 0; i < items; i++) {
                text.append(i == 0 ? "" : ",").append(i);
            }
            assertThat(Estimator.indexListBytes(items))
                    .isEqualTo(text.append("]").length());
        }
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        assertThatThrownBy(() -> sizing(plan, -1, 10_000))
                .isInstanceOf(RequestInvalid.class)
                .hasMessage("documents is -1; expected 0 to 1000000000000.");
        assertThatThrownBy(() -> sizing(plan, 1, 0)).hasMessage("chunkDocuments is 0; expected 1 to 1000000.");
        assertThatThrownBy(() ->
                        new Sizing(plan, false, 1, Map.of("gcm", 1L), 1_000, 1, 1, Throughput.MEASURED, 1_769, 0, 3))
                .hasMessageStartingWith("source gcm is none of plan revalidation; expected one of [");
        assertThatThrownBy(() -> new Prices(-1, 0, 0)).isInstanceOf(RequestInvalid.class);
    }

    private static Sizing sizing(Plan plan, long documents, int chunkDocuments) {
        return new Sizing(
                plan, false, documents, Map.of(), 1_000, chunkDocuments, 10, Throughput.MEASURED, 1_769, 0.5, 3);
    }
}
