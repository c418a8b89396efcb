package dev.resync.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.drill.Fault.AfterFailure;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.drill.FaultKind.Counted;
import dev.resync.plan.Apply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The connection breaks before each rename of a run, of its way back and of a restore, and after it, and so does it at every
 * other write to live. Renames are found by counting those of a run, a way back and a restore to which nothing happens, so
 * that a new one among these cannot be forgotten here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryRenameTest {

    /**
     * Sealed: two snapshots, staging, two shadows, quarantine; then two cut-overs. A restore has neither staging nor quarantine.
     * A way back moves the second shadow away, seals snapshot and shadow of the first view alone, and cuts that over.
     */
    private static final Map<Phase, Integer> FEWEST =
            new EnumMap<>(Map.of(Phase.EXECUTE, 8, Phase.WAY_BACK, 4, Phase.RESTORE, 6));

    @TempDir
    static Path folder;

    private TestDrill test;
    private Map<Phase, Map<Counted, Integer>> counts;

    @BeforeAll
    void count() {
        test = new TestDrill(folder, List.of(FaultKind.RENAME_FAILS));
        counts = test.drill.warmUp();
    }

    @AfterAll
    void close() {
        test.close();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void everyRenameMayBeLostOrGoUnanswered(Phase phase) {
        int renames = counts.get(phase).get(Counted.RENAMES);
        assertThat(renames).isGreaterThanOrEqualTo(FEWEST.get(phase));
        for (int at = 1; at <= renames; at++) {
            holds(new Fault(FaultKind.RENAME_FAILS, phase, null, at, 0, AfterFailure.WAIT, null));
            holds(new Fault(FaultKind.RENAME_UNANSWERED, phase, null, at, 0, AfterFailure.WAIT, null));
        }
    }

    /** Refusals that no repetition helps against: the run must end all the same. */
    @Test
    void everyRenameOfARunMayBeRefusedForGood() {
        Phase phase = Phase.EXECUTE;
        for (int at = 1; at <= counts.get(phase).get(Counted.RENAMES); at++) {
            holds(new Fault(FaultKind.RENAME_FAILS, phase, null, at, 2, AfterFailure.STOP, null));
        }
    }

    static Stream<Fault> otherWritesToLive() {
        List<Fault> faults = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            // The way back brings back only what was new.
            int views = phase == Phase.WAY_BACK
                    ? 1
                    : new ScratchData(Apply.SWAP).views().size();
            for (int index = 0; index < views; index++) {
                String on = "^createIndexes "
                        + new ScratchData(Apply.SWAP).views().get(index).getFullName() + "$";
                for (int variant = 0; variant < 2; variant++) {
                    faults.add(new Fault(FaultKind.DROP_CONNECTION, phase, on, 1, variant, AfterFailure.WAIT, null));
                }
            }
        }
        return faults.stream();
    }

    @ParameterizedTest
    @MethodSource("otherWritesToLive")
    void everyOtherWriteToLiveMayFail(Fault fault) {
        holds(fault);
    }

    /** A view that did not exist before is not dropped but renamed away. */
    static Stream<Fault> viewsTakenAway() {
        String on = "^renameCollection .*\\.displaced$";
        // The way back has only the view to take away that is cut over first.
        String absent = new ScratchData(Apply.SWAP).views().get(0).getCollectionName();
        return Stream.of(Phase.WAY_BACK, Phase.RESTORE)
                .flatMap(phase -> Stream.of(FaultKind.RENAME_FAILS, FaultKind.RENAME_UNANSWERED)
                        .map(kind -> new Fault(kind, phase, on, 1, 0, AfterFailure.WAIT, absent)));
    }

    @ParameterizedTest
    @MethodSource("viewsTakenAway")
    void everyViewThatIsTakenAwayMayFailToGo(Fault fault) {
        holds(fault);
    }

    private void holds(Fault fault) {
        Round.Result result = test.drill.play(fault);
        assertThat(result.hit()).as("%s struck", fault).isTrue();
        assertThat(result.violations()).as("%s", fault).isEmpty();
    }
}
