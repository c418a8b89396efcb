package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.bson.BsonValue;

class KeyRangePropertiesTest {

    @Property(seed = "7", tries = 2000)
    void exactlyOnePartContainsAnyKey(@ForAll("covers") List<KeyRange> cover, @ForAll("anything") BsonValue key) {
        assertThat(cover.stream().filter(part -> part.contains(key))).hasSize(1);
    }

    @Property(seed = "7", tries = 100)
    void exactlyOnePartContainsAMissingKey(@ForAll("covers") List<KeyRange> cover) {
        assertThat(cover.stream().filter(part -> part.contains(null)))
                .hasSize(1)
                .allMatch(KeyRange::complement);
    }

    @Property(seed = "7", tries = 2000)
    void everyBoundaryBeginsItsRange(@ForAll("covers") List<KeyRange> cover) {
        for (KeyRange part : cover) {
            assertThat(part.from() == null || part.contains(part.from())).isTrue();
            assertThat(part.to() != null && part.contains(part.to())).isFalse();
        }
    }

    @Property(seed = "7", tries = 2000)
    void aRangeSurvivesTheControlData(@ForAll("covers") List<KeyRange> cover, @ForAll("anything") BsonValue key) {
        for (KeyRange part : cover) {
            assertThat(RangeText.of(part).toRange().contains(key)).isEqualTo(part.contains(key));
        }
    }

    @Property(seed = "7", tries = 2000)
    void theLocatorFindsThePartThatContainsTheKey(
            @ForAll("covers") List<KeyRange> cover, @ForAll("anything") BsonValue key) {
        List<Chunk> chunks = new ArrayList<>();
        cover.forEach(part -> chunks.add(Chunk.planned("run", 1, ChunkStage.SYNC, chunks.size(), 0, part)));
        assertThat(new ChunkLocator(chunks).locate(key).keys().contains(key)).isTrue();
    }

    @Provide
    Arbitrary<BsonValue> anything() {
        Arbitrary<BsonValue> scalars = Arbitraries.oneOf(
                AnyKey.strings(), AnyKey.numbers(), AnyKey.objectIds(), AnyKey.strangers(), AnyKey.relics());
        return Arbitraries.oneOf(scalars, AnyKey.arraysOf(scalars));
    }

    @Provide
    Arbitrary<List<KeyRange>> covers() {
        return Arbitraries.of(KeyFamily.class).flatMap(family -> AnyKey.of(family)
                .list()
                .ofMaxSize(6)
                .map(keys -> Tuple.of(family, distinct(family, keys)))
                .map((Tuple2<KeyFamily, List<BsonValue>> cuts) -> KeyRange.cover(cuts.get1(), cuts.get2())));
    }

    /** Ascending, without those that compare equal. */
    static List<BsonValue> distinct(KeyFamily family, List<BsonValue> keys) {
        List<BsonValue> distinct = new ArrayList<>();
        keys.stream().sorted(family.order()).forEach(key -> {
            if (distinct.isEmpty() || family.order().compare(distinct.get(distinct.size() - 1), key) < 0) {
                distinct.add(key);
            }
        });
        return distinct;
    }
}
