package dev.resync.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.hash.ContentHash;
import dev.resync.run.Receipt.Change;
import dev.resync.run.Receipt.CutOverAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long consumers of two targets may have seen views of different runs, worked out from the journal. */
class CutOverWindowTest {

    private static final Instant START = Instant.parse("2026-06-15T09:00:00Z");

    private final List<JournalEntry> journal = new ArrayList<>();

    @Test
    void reachesFromBeforeTheFirstRenameToAfterTheLast() {
        replaced(1, "a", 100, 150);
        replaced(1, "b", 160, 400);
        CutOverAccount account = account(false);
        assertThat(account.windowSeconds()).isEqualTo(0.3);
        assertThat(account.changes())
                .containsExactly(new Change("a", "REPLACED", at(150)), new Change("b", "REPLACED", at(400)));
    }

    @Test
    void goesOnUntilTheOnlyChangedTargetIsBack() {
        replaced(1, "a", 100, 150);
        entry(1, "b", JournalStep.RENAMING, 160L, null);
        replaced(2, "a", 2_000, 2_100);
        assertThat(account(true).windowSeconds()).isEqualTo(2.0);
    }

    @Test
    void isTheSumOfCutOverAndOfGoingBack() {
        replaced(1, "a", 100, 150);
        replaced(1, "b", 160, 200);
        replaced(3, "a", 5_000, 5_010);
        replaced(3, "b", 5_020, 5_050);
        assertThat(account(true).windowSeconds()).isEqualTo(0.15);
    }

    @Test
    void goesOnWhereGoingBackTookTwoEpochs() {
        replaced(1, "a", 100, 150);
        replaced(1, "b", 160, 200);
        replaced(2, "a", 1_000, 1_010);
        replaced(3, "a", 4_000, 4_010);
        replaced(3, "b", 4_020, 4_050);
        assertThat(account(true).windowSeconds()).isEqualTo(3.15);
    }

    @Test
    void isNothingForASingleTarget() {
        replaced(1, "a", 100, 900);
        assertThat(CutOverWindow.account(List.of("a"), false, journal).windowSeconds())
                .isZero();
    }

    @Test
    void isNotThereWhereNothingWasChanged() {
        entry(1, "a", JournalStep.PLANNED, null, null);
        assertThat(account(false)).isNull();
    }

    private CutOverAccount account(boolean wentBack) {
        return CutOverWindow.account(List.of("a", "b"), wentBack, journal);
    }

    private void replaced(long epoch, String target, long from, long to) {
        entry(epoch, target, JournalStep.DONE, from, to);
    }

    private void entry(long epoch, String target, JournalStep step, Long from, Long to) {
        journal.add(new JournalEntry(
                "r/" + epoch + "/" + target,
                "r",
                epoch,
                epoch,
                target,
                "d." + target,
                "d.shadow",
                null,
                null,
                ContentHash.EMPTY,
                step,
                from == null ? null : at(from),
                to == null ? null : at(to)));
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
