package dev.resync.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.ChunkChanged;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.fixture.Background;
import dev.resync.fixture.DatabaseState;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stage may run twice, or twice at once, with the same result (I5). */
class ReplayTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private RunDriver run;

    @BeforeEach
    void admit() {
        fixture = new RunFixture(MONGO.client()).filled(40);
        run = fixture.execute();
    }

    @ParameterizedTest
    @CsvSource({"seal-snapshot,snapshot", "seal-staging,sync", "seal-shadow,map"})
    void aChunkDoneAgainLeavesTheSameDocuments(String seal, String chunks) {
        run.upTo(seal);
        run.chunks(chunks);
        Map<String, ContentHash> once = collections();
        fixture.control("chunks").updateMany(new BsonDocument(), BsonDocument.parse("{$set: {done: false}}"));
        run.chunks(chunks);
        assertThat(collections()).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({"seal-snapshot,snapshot", "seal-staging,sync", "seal-shadow,map"})
    void aChunkDoneTwiceAtOnceIsSealedAllTheSame(String seal, String chunks) {
        run.upTo(seal);
        for (int i = 0; i < run.count(chunks); i++) {
            int index = i;
            try (Background<JsonNode> one = Background.start(() -> run.chunk(chunks, index));
                    Background<JsonNode> two = Background.start(() -> run.chunk(chunks, index))) {
                for (Throwable raised : new Throwable[] {one.raised(), two.raised()}) {
                    // Raised by a copy that the other attempt changed, or by the embedded server, which sometimes drops
                    // a
                    // connection under load; the state machine does such a chunk again.
                    assertThat(raised).satisfiesAnyOf(none -> assertThat(none).isNull(), again -> assertThat(again)
                            .isInstanceOfAny(ChunkChanged.class, DatabaseUnavailable.class));
                }
            }
            run.chunk(chunks, index);
        }
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.collection("personView").countDocuments(BsonDocument.parse("{note: {$ne: 'old'}}")))
                .isEqualTo(40);
    }

    @Test
    void theFirstChunkPlanWins() {
        try (Background<JsonNode> one = Background.start(() -> run.step("plan-chunks"));
                Background<JsonNode> two = Background.start(() -> run.step("plan-chunks"))) {
            assertThat(one.result()).isEqualTo(two.result());
        }
        Map<String, ContentHash> planned = control("resync.chunks");
        for (int i = 100; i < 160; i++) {
            fixture.insert("people", "{_id: '%s', name: 'new'}".formatted(RunFixture.key(i)));
        }
        run.step("plan-chunks");
        assertThat(control("resync.chunks")).isEqualTo(planned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan-chunks",
                "seal-snapshot",
                "seal-staging",
                "seal-shadow",
                "verify",
                "pre-cut-over",
                "cut-over",
                "finish"
            })
    void aStageCalledAgainAnswersTheSame(String stage) {
        run.upTo(stage);
        if (stage.startsWith("seal-")) {
            run.chunks(stage.equals("seal-staging") ? "sync" : stage.equals("seal-shadow") ? "map" : "snapshot");
        }
        JsonNode first = run.step(stage);
        List<ContentHash> live = fixture.live();
        assertThat(run.step(stage)).isEqualTo(first);
        assertThat(fixture.live()).isEqualTo(live);
        if (!stage.equals("finish")) {
            assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        }
    }

    @Test
    void twoCutOversAtOncePublishOnce() {
        run.upTo("cut-over");
        try (Background<JsonNode> one = Background.start(() -> run.step("cut-over"));
                Background<JsonNode> two = Background.start(() -> run.step("cut-over"))) {
            assertThat(one.result()).isEqualTo(two.result());
        }
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.collection("nameView").countDocuments(BsonDocument.parse("{label: 'Person 7'}")))
                .isEqualTo(1);
    }

    private Map<String, ContentHash> collections() {
        return DatabaseState.of(
                fixture.client(), name -> name.contains(run.run().shortId()));
    }

    private Map<String, ContentHash> control(String name) {
        return DatabaseState.of(fixture.client(), name::equals);
    }
}
