package dev.resync.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.chunk.ChunkAtWork;
import dev.resync.chunk.ChunkProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Which of the chunks that are begun may be worked on, as each of their functions works it out for itself. */
class ChunkTurnTest {

    private static final long STILL = ChunkTurn.STANDS_STILL.toNanos();

    private static ChunkAtWork chunk(int index, boolean waiting, long beat) {
        return new ChunkAtWork(index, new ChunkProgress(beat, 0, waiting, null, null));
    }

    @Property
    void exactlyAsManyAsAreAllowedThinkThatTheyMayWork(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int begun,
            @ForAll @IntRange(min = 1, max = 20) int allowed) {
        Random random = new Random(seed);
        List<ChunkAtWork> all = new ArrayList<>();
        for (int i = 0; i < begun; i++) {
            all.add(chunk(i * 3, random.nextBoolean(), random.nextInt(5)));
        }
        List<ChunkAtWork> may = all.stream()
                .filter(chunk -> new ChunkTurn(chunk.index())
                        .has(all, !chunk.progress().waiting(), allowed, random.nextLong(1_000)))
                .toList();
        assertThat(may).hasSize(Math.min(begun, allowed));
        boolean oneAtWorkMustWait =
                all.stream().anyMatch(chunk -> !chunk.progress().waiting() && !may.contains(chunk));
        assertThat(oneAtWorkMustWait
                        && may.stream().anyMatch(chunk -> chunk.progress().waiting()))
                .as("one is taken off its work for one that is not at work")
                .isFalse();
    }

    @Example
    void theFirstThatBeginsWorks() {
        assertThat(new ChunkTurn(7).has(List.of(), false, 1, 0)).isTrue();
    }

    @Example
    void oneThatIsAtWorkKeepsItsTurnThoughOneBeforeItBegins() {
        List<ChunkAtWork> begun = List.of(chunk(0, true, 1), chunk(5, false, 9));
        assertThat(new ChunkTurn(0).has(begun, false, 1, 0)).isFalse();
        assertThat(new ChunkTurn(5).has(begun, true, 1, 0)).isTrue();
    }

    @Example
    void oneThatStandsStillLosesItsTurn() {
        ChunkTurn turn = new ChunkTurn(5);
        List<ChunkAtWork> dead = List.of(chunk(0, false, 9));
        assertThat(turn.has(dead, false, 1, 100)).isFalse();
        assertThat(turn.has(dead, false, 1, 100 + STILL - 1)).isFalse();
        assertThat(turn.has(dead, false, 1, 100 + STILL)).isTrue();
    }

    @Example
    void oneThatIsSlowKeepsItsTurn() {
        ChunkTurn turn = new ChunkTurn(5);
        for (int beat = 0; beat < 10; beat++) {
            assertThat(turn.has(List.of(chunk(0, false, beat)), false, 1, beat * (STILL - 1)))
                    .isFalse();
        }
    }

    @Example
    void oneThatCameBackHasItsTurnAgain() {
        ChunkTurn turn = new ChunkTurn(5);
        turn.has(List.of(chunk(0, false, 9)), false, 1, 0);
        assertThat(turn.has(List.of(chunk(0, false, 9)), false, 1, STILL)).isTrue();
        assertThat(turn.has(List.of(chunk(0, false, 10)), true, 1, STILL + 1)).isFalse();
    }
}
