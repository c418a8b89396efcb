package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Indexes;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.PeoplePlan;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Run;
import dev.resync.run.RunTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Into how many ranges the key spaces of a run are cut: 40 persons and 40 notes, 8 documents a chunk where nothing else is said. */
class ChunkPlannerTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(40);
    }

    @Test
    void aRunIsCutByDocuments() {
        ChunkPlan plan = planOfRun();
        assertThat(ranges(plan, ChunkStage.SNAPSHOT)).containsExactly(5, 5);
        assertThat(ranges(plan, ChunkStage.SYNC)).as("by each source").containsExactly(5);
        assertThat(ranges(plan, ChunkStage.MAP)).containsExactly(5);
        assertThat(ranges(plan, ChunkStage.RESTORE)).isEmpty();
        assertThat(plan.counted()).isEqualTo(Map.of("people", 40L, "notes", 40L));
    }

    /** Where they have other keys, each still has its documents bounded; the range at the border holds documents of both. */
    @Test
    void sourcesOfUnlikeKeysAreEachCut() {
        fixture.collection("notes").drop();
        for (int i = 0; i < 40; i++) {
            fixture.insert("notes", "{_id: %d, person: 'zz%03d'}".formatted(i, i));
        }
        fixture.collection("notes").createIndex(Indexes.ascending("person"));
        assertThat(ranges(planOfRun(), ChunkStage.SYNC)).containsExactly(9);
    }

    @Test
    void aRunIsCutByBytesWhereTheyFillSooner() {
        String large = "x".repeat(2000);
        for (int i = 0; i < 40; i++) {
            fixture.insert("people", "{_id: 'q%04d', name: '%s'}".formatted(i, large));
            fixture.insert("personView", "{_id: 'q%04d', name: '%s'}".formatted(i, large));
        }
        fixture.plans().deployWith("\"documents\": 8, \"bytes\": 16777216", "\"documents\": 1000, \"bytes\": 10240");
        ChunkPlan plan = planOfRun();
        long bytes =
                80 * fixture.context().store().size(namespace("personView")).averageBytes();
        int wanted = (int) Math.ceil(bytes / 10240.0);
        assertThat(wanted).isGreaterThan(7);
        assertThat(ranges(plan, ChunkStage.SNAPSHOT)).contains(wanted);
        assertThat(ranges(plan, ChunkStage.SYNC).get(0)).isGreaterThan(7);
        assertThat(ranges(plan, ChunkStage.MAP)).isEqualTo(ranges(plan, ChunkStage.SYNC));
    }

    @Test
    void aTargetThatDoesNotExistHasNoSnapshot() {
        fixture.without("nameView");
        assertThat(planOfRun().covers().stream().filter(cover -> cover.stage() == ChunkStage.SNAPSHOT))
                .singleElement()
                .satisfies(cover -> assertThat(cover.target()).isEqualTo(1));
    }

    @Test
    void keysThatAreEmbeddedAreCutLikeOthers() {
        fixture.plans().deployWith("\"field\": \"person\"", "\"field\": \"of.the.person\"");
        fixture.collection("notes").drop();
        for (int i = 0; i < 80; i++) {
            fixture.insert("notes", "{_id: %d, of: {the: {person: '%s'}}}".formatted(i, RunFixture.key(i)));
        }
        fixture.collection("notes").createIndex(Indexes.ascending("of.the.person"));
        assertThat(ranges(planOfRun(), ChunkStage.MAP)).containsExactly(10);
    }

    @Test
    void whatHasNoKeyOfItsFamilyIsNotCut() {
        for (int i = 0; i < 80; i++) {
            fixture.insert("notes", "{_id: 'odd%d', person: %d}".formatted(i, i));
        }
        ChunkPlan plan = planOfRun();
        assertThat(ranges(plan, ChunkStage.SYNC)).containsExactly(5);
        assertThat(ranges(plan, ChunkStage.MAP)).containsExactly(5);
        assertThat(plan.counted()).containsEntry("notes", 120L);
    }

    @Test
    void excludedKeysAreReadButNotMapped() {
        for (int i = 0; i < 80; i++) {
            fixture.insert("notes", "{_id: 'odd%d', person: 'unknown'}".formatted(i));
        }
        ChunkPlan plan = planOfRun();
        assertThat(ranges(plan, ChunkStage.MAP)).containsExactly(5);
        assertThat(ranges(plan, ChunkStage.SYNC).get(0))
                .as("one key cannot be cut")
                .isBetween(5, 6);
    }

    @Test
    void aViewIsCutInTheFamilyOfMostOfItsIds() {
        for (int i = 0; i < 48; i++) {
            fixture.insert("nameView", "{_id: %d, label: 'odd'}".formatted(i));
        }
        ChunkPlan.Cover nameView = planOfRun().covers().get(0);
        assertThat(nameView.stage()).isEqualTo(ChunkStage.SNAPSHOT);
        assertThat(nameView.family()).isEqualTo(KeyFamily.NUMBER);
        assertThat(nameView.ranges()).hasSize(6 + 1);
    }

    @Test
    void aRestoreIsCutWhereItsSnapshotHasItsDocuments() {
        Run run = run();
        Map<RunTarget, MongoNamespace> copies = new LinkedHashMap<>();
        copies.put(run.targets().get(0), namespace("people"));
        copies.put(run.targets().get(1), namespace("empty"));
        ChunkPlan plan = planner().forRestore(run, copies);
        assertThat(ranges(plan, ChunkStage.SNAPSHOT)).containsExactly(5, 5);
        assertThat(ranges(plan, ChunkStage.RESTORE)).containsExactly(5, 1);
        assertThat(plan.covers().stream().map(ChunkPlan.Cover::target)).containsExactly(0, 1, 0, 1);
        assertThat(plan.id()).isEqualTo(ChunkPlan.id(run.id(), run.epoch()));
    }

    @Test
    void whatIsAppliedIsCutWhereTheNewViewAndLiveHaveTheirDocuments() {
        Run run = run();
        RunTarget target = run.targets().get(0);
        assertThat(target.namespace()).isEqualTo(namespace("nameView").getFullName());
        ChunkPlan alike = planner().forApply(run, Map.of(target, namespace("people")));
        assertThat(ranges(alike, ChunkStage.APPLY)).containsExactly(5);
        assertThat(alike.id()).isEqualTo(ChunkPlan.applyId(run.id(), run.epoch()));
        assertThat(alike.id()).contains(run.id()).isNotEqualTo(ChunkPlan.id(run.id(), run.epoch()));
        for (int i = 0; i < 40; i++) {
            fixture.insert("shadow", "{_id: 'zz%03d'}".formatted(i));
        }
        ChunkPlan unlike = planner().forApply(run, Map.of(target, namespace("shadow")));
        assertThat(ranges(unlike, ChunkStage.APPLY)).containsExactly(9);
    }

    @Test
    void aChunkHoldsDocumentsOfAllSources() {
        assertThat(run().documentsOfChunk()).isEqualTo(2 * 8);
    }

    @Test
    void aComparisonIsCutWhereTheLargerCollectionHasItsDocuments() {
        Run run = run();
        assertThat(planner().forComparison(run, namespace("people"), namespace("missing")))
                .hasSize(5 + 1);
        assertThat(planner().forComparison(run, namespace("missing"), namespace("people")))
                .hasSize(5 + 1);
        assertThat(planner().forComparison(run, namespace("missing"), namespace("missing")))
                .hasSize(1 + 1);
    }

    @Test
    void coversOfOneMapShareTheRangesThatItMayHave() {
        ChunkSize size = new ChunkSize(8, 1024, 9_900);
        assertThat(size.sharedBy(3)).isEqualTo(new ChunkSize(8, 1024, 3_300));
        assertThat(size.sharedBy(0)).isEqualTo(size);
        assertThat(size.sharedBy(20_000).ranges()).isEqualTo(1);
    }

    private ChunkPlan planOfRun() {
        return planner().forRun(run(), fixture.plans().load(PeoplePlan.NAME));
    }

    private ChunkPlanner planner() {
        return new ChunkPlanner(fixture.context().store());
    }

    private Run run() {
        return fixture.admit(fixture.request("DRY_RUN")).run();
    }

    private MongoNamespace namespace(String collection) {
        return new MongoNamespace(fixture.database(), collection);
    }

    /** Returns the number of ranges of each cover of a stage, without the complements. */
    private static List<Integer> ranges(ChunkPlan plan, ChunkStage stage) {
        return plan.covers().stream()
                .filter(cover -> cover.stage() == stage)
                .map(cover -> cover.ranges().size() - 1)
                .toList();
    }
}
