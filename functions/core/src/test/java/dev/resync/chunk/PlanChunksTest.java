package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is planned and made for each kind of run. The open collections are there before the first chunk: one that no chunk
 * writes to must be sealed all the same, and one that chunks write to has its indexes from the first document on.
 */
class PlanChunksTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(16);
    }

    @Test
    void aRunCopiesReadsAndMaps() {
        RunDriver run = fixture.execute();
        assertThat(run.step("plan-chunks")).isEqualTo(answer("{snapshot: 6, sync: 3, map: 2, restore: 0}"));
        assertThat(opened(run, 1))
                .containsExactlyInAnyOrder(
                        "snapshot.0.open0",
                        "snapshot.1.open0",
                        "staging.0.open0",
                        "shadow.0.open0",
                        "shadow.1.open0",
                        "quarantine.0.open0");
    }

    @Test
    void aTargetThatDoesNotExistIsNotCopied() {
        RunDriver run = fixture.without("nameView").execute();
        assertThat(run.step("plan-chunks").get("snapshot").intValue()).isEqualTo(3);
        assertThat(opened(run, 1))
                .contains("snapshot.1.open0", "shadow.0.open0")
                .doesNotContain("snapshot.0.open0");
    }

    /** As a function may that was frozen: live has long been copied and the sources read. */
    @Test
    void aCallThatComesLateAnswersAsTheFirst() {
        RunDriver run = fixture.execute();
        JsonNode first = run.step("plan-chunks");
        run.through("seal-staging");
        assertThat(run.step("plan-chunks")).isEqualTo(first);
    }

    @Test
    void aResumedRunMapsTheSameRangesAgainAndNothingElse() {
        RunDriver run = fixture.execute().through("seal-staging");
        run.closed(ExecutionStatus.FAILED);
        RunDriver resumed = fixture.admit(
                fixture.request("EXECUTE").put("resume", run.runId()).put("from", "MAP"));
        assertThat(resumed.step("plan-chunks")).isEqualTo(answer("{snapshot: 0, sync: 0, map: 2, restore: 0}"));
        assertThat(ranges(run, 2)).isEqualTo(ranges(run, 1));
        assertThat(opened(run, 2)).containsExactlyInAnyOrder("shadow.0.open0", "shadow.1.open0", "quarantine.0.open0");
    }

    @Test
    void aRestoreCopiesAndBringsBack() {
        String snapshot = fixture.execute().toEnd().snapshot();
        RunDriver restore = fixture.restore(snapshot);
        assertThat(restore.step("plan-chunks")).isEqualTo(answer("{snapshot: 4, sync: 0, map: 0, restore: 4}"));
        assertThat(opened(restore, 1))
                .containsExactlyInAnyOrder("snapshot.0.open0", "snapshot.1.open0", "shadow.0.open0", "shadow.1.open0");
    }

    @Test
    void aRunThatGoesBackBringsBackWhatItCopied() {
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> run.step("cut-over"));
        run.ended(ExecutionStatus.FAILED);
        String by = fixture.newExecution();
        RunDriver back = run.rollback(fixture.close(run.execution(), by), by);
        JsonNode counts = back.step("plan-chunks");
        assertThat(counts.get("restore").intValue()).isPositive();
        assertThat(counts.get("snapshot").intValue())
                .isEqualTo(counts.get("restore").intValue());
        assertThat(counts.get("map").intValue()).isZero();
    }

    private List<RangeText> ranges(RunDriver run, long epoch) {
        return fixture.context().chunks().all(run.runId(), epoch, ChunkStage.MAP).stream()
                .map(Chunk::range)
                .toList();
    }

    /** Returns the names of the collections of an epoch of a run, wherever they are, without what they all begin with. */
    private List<String> opened(RunDriver run, long epoch) {
        String prefix = "resync." + run.run().shortId() + "." + epoch + ".";
        List<String> names = new ArrayList<>(fixture.context().store().collectionNames("resync", prefix));
        names.addAll(fixture.context().store().collectionNames(fixture.database(), prefix));
        return names.stream().map(name -> name.substring(prefix.length())).toList();
    }

    private static JsonNode answer(String json) {
        return ControlJson.fromBson(BsonDocument.parse(json), JsonNode.class);
    }
}
