package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** The same names are kept of the same documents, in whatever order and chunks they are met. */
class UnmappedFieldNamesPropertiesTest {

    @Property(seed = "37", tries = 100, shrinking = ShrinkingMode.OFF)
    void keepTheFirstInOrderHoweverTheyAreCutIntoChunks(
            @ForAll("names") Set<String> names, @ForAll @IntRange(min = 1, max = 5) int chunks, @ForAll long seed) {
        List<String> first =
                new TreeSet<>(names).stream().limit(UnmappedFieldNames.MOST).toList();
        assertThat(UnmappedFieldNames.of(found(names, chunks, new Random(seed))).bySource())
                .isEqualTo(names.isEmpty() ? Map.of() : Map.of("people", first));
    }

    @Property(seed = "37", tries = 100, shrinking = ShrinkingMode.OFF)
    void tellWhetherANameChangesThem(@ForAll("names") Set<String> names, @ForAll("name") String another) {
        Set<String> kept = new UnmappedFieldNames().of("people");
        kept.addAll(names);
        List<String> before = List.copyOf(kept);
        boolean changed = kept.add(another);
        assertThat(List.copyOf(kept).equals(before)).isEqualTo(!changed);
    }

    @Example
    void areShownInFullUpToTwoHundredCharacters() {
        UnmappedFieldNames names = new UnmappedFieldNames();
        names.of("people").add("a".repeat(200));
        names.of("people").add("b".repeat(201));
        assertThat(names.bySource()).isEqualTo(Map.of("people", List.of("a".repeat(200), "b".repeat(199) + "…")));
    }

    @Example
    void areNoneOfChunksThatAreNotDone() {
        assertThat(UnmappedFieldNames.of(List.of(chunk(0, null))).bySource()).isEmpty();
    }

    /** Each name in one chunk or several. */
    private static List<Chunk> found(Set<String> names, int chunks, Random random) {
        List<UnmappedFieldNames> ofChunks = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            ofChunks.add(new UnmappedFieldNames());
            ofChunks.get(i).of("notes");
        }
        List<String> met = new ArrayList<>(names);
        met.addAll(names);
        Collections.shuffle(met, random);
        met.forEach(name -> ofChunks.get(random.nextInt(chunks)).of("people").add(name));
        List<Chunk> done = new ArrayList<>();
        for (UnmappedFieldNames ofChunk : ofChunks) {
            done.add(chunk(
                    done.size(),
                    new ChunkResult(
                            1, Map.of(), Map.of(), Map.of(), List.of(), new LinkedHashMap<>(ofChunk.bySource()))));
        }
        return done;
    }

    private static Chunk chunk(int index, ChunkResult result) {
        KeyRange all = new KeyRange(KeyFamily.STRING, null, null, false);
        Chunk planned = Chunk.planned("run", 1, ChunkStage.MAP, index, 0, all);
        return new Chunk(
                planned.id(),
                planned.run(),
                planned.epoch(),
                planned.fence(),
                planned.stage(),
                planned.index(),
                planned.target(),
                planned.range(),
                result != null,
                planned.generation(),
                planned.attempts(),
                planned.startedAt(),
                planned.endedAt(),
                result);
    }

    @Provide
    Arbitrary<String> name() {
        return Arbitraries.integers().between(0, 130).map("field%d"::formatted);
    }

    /** Up to somewhat more than are kept. */
    @Provide
    Arbitrary<Set<String>> names() {
        return name().set().ofMaxSize(UnmappedFieldNames.MOST + 20);
    }
}
