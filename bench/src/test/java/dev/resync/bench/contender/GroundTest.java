package dev.resync.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.bench.data.BenchPlan;
import dev.resync.bench.data.OutputDiffers;
import dev.resync.bench.data.Wanted;
import dev.resync.bench.link.Link;
import dev.resync.cli.local.EmbeddedDatabase;
import dev.resync.hash.ContentHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class GroundTest {

    private static final String TARGET = "masterDoctorView";

    private final BenchPlan plans = BenchPlan.of(Path.of(System.getProperty("resync.home"), "plans"), 1);

    @Test
    void refusesFiguresOfWhoLeftOtherDocuments() {
        try (EmbeddedDatabase database = new EmbeddedDatabase(0);
                Link link = Link.open(Link.BARE, database.uri())) {
            var live = link.client().getDatabase("revalidation").getCollection(TARGET);
            live.insertMany(List.of(new Document("_id", "1"), new Document("_id", "2")));
            Map<String, ContentHash> before = Ground.hashes(link.store(), plans.plan(), target -> target.namespace());
            Ground ground = new Ground(plans, List.of(), new Wanted(Map.of(), before), before, 1, 1, link);

            ground.clean(ground::own, true);
            var own = link.client().getDatabase("bench").getCollection("built." + TARGET);
            own.insertMany(List.of(new Document("_id", "2"), new Document("_id", "1")));
            ground.require("in another order", ground::own, before);

            own.insertOne(new Document("_id", "3"));
            assertThatThrownBy(() -> ground.require("one too many", ground::own, before))
                    .isInstanceOf(OutputDiffers.class)
                    .hasMessageContaining("one too many");

            own.deleteOne(new Document("_id", "3"));
            own.replaceOne(new Document("_id", "2"), new Document("_id", "2").append("changed", true));
            assertThatThrownBy(() -> ground.require("one other", ground::own, before))
                    .isInstanceOf(OutputDiffers.class);
        }
    }

    @Test
    void keepsAsManyTargetsAsAreWanted() {
        assertThat(plans.plan().targets()).extracting(target -> target.name()).containsExactly(TARGET);
        assertThat(BenchPlan.of(Path.of(System.getProperty("resync.home"), "plans"), 2)
                        .plan()
                        .targets())
                .hasSize(2);
    }
}
