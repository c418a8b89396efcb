package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.ChunksIncomplete;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.store.MongoStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All chunks of an epoch derive from one plan, whoever else made one. */
class ChunkPlanStoreTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final ChunkPlanStore plans = new ChunkPlanStore(new MongoStore(MONGO.client()));

    @Test
    void theFirstPlanOfAnEpochStaysAndIsWhatTheSecondPlannerGets() {
        ChunkPlan first = plan(1, "\"m\"");
        assertThat(plans.record(first)).isEqualTo(first);
        assertThat(plans.record(plan(1, "\"k\""))).isEqualTo(first);
        assertThat(plans.require("run-1", 1)).isEqualTo(first);
        assertThat(plans.find(ChunkPlan.id("run-1", 2))).isEmpty();
    }

    @Test
    void aPlanThatIsMissingIsNamedWithWhatToDo() {
        plans.record(plan(1, "\"m\""));
        assertThatThrownBy(() -> plans.require("run-1", 7))
                .isInstanceOf(ChunksIncomplete.class)
                .hasMessage("Run run-1 has no chunk plan of epoch 7. Redrive the execution from PlanChunks.");
    }

    private static ChunkPlan plan(long epoch, String boundary) {
        ChunkPlan.Cover cover = new ChunkPlan.Cover(ChunkStage.MAP, 0, KeyFamily.STRING, List.of(boundary));
        return new ChunkPlan(ChunkPlan.id("run-1", epoch), List.of(cover), Map.of("people", 3L));
    }
}
