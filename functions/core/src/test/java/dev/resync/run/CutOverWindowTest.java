package dev.resync.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.hash.ContentHash;
import dev.resync.plan.Apply;
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

    /** Cut-over and way back are the work of different functions, whose clocks may be minutes apart. */
    @Test
    void isNeverNegativeWhereTheClockThatGoesBackIsSlow() {
        replaced(1, "a", 400_000, 400_050);
        replaced(2, "a", 1_000, 1_100);
        CutOverAccount account = account(true);
        assertThat(account.windowSeconds()).isEqualTo(399.05);
        assertThat(account.changes()).extracting(Change::at).containsExactly(at(400_050), at(1_100));
    }

    /** The line of the first target may be written by a call that began later, with another clock. */
    @Test
    void reachesFromTheEarliestToTheLatestTimeOfACutOver() {
        replaced(1, "b", 900, 950);
        replaced(1, "a", 200_000, 200_100);
        assertThat(account(false).windowSeconds()).isEqualTo(199.2);
    }

    @Test
    void leavesADropOutWhereThereWasNothingToDrop() {
        replaced(1, "a", 100, 150);
        dropped("b", null);
        CutOverAccount account = account(false);
        assertThat(account.changes()).containsExactly(new Change("a", "REPLACED", at(150)));
        assertThat(account.windowSeconds()).as("b fits to either view").isZero();
    }

    @Test
    void namesADrop() {
        dropped("b", ContentHash.EMPTY);
        assertThat(account(false).changes()).containsExactly(new Change("b", "DROPPED", at(200)));
    }

    @Test
    void isNothingForASingleTarget() {
        replaced(1, "a", 100, 900);
        assertThat(CutOverWindow.account(List.of("a"), false, journal).windowSeconds())
                .isZero();
    }

    @Test
    void isTheTimeInWhichASingleTargetWasWrittenInPlace() {
        entry(1, "a", Apply.IN_PLACE, JournalStep.DONE, 100L, 900L);
        CutOverAccount account = CutOverWindow.account(List.of("a"), false, journal);
        assertThat(account.windowSeconds()).isEqualTo(0.8);
        assertThat(account.changes()).containsExactly(new Change("a", "WRITTEN", at(900)));
    }

    @Test
    void reachesFromTheFirstWriteInPlaceToTheLastRename() {
        entry(1, "a", Apply.IN_PLACE, JournalStep.DONE, 100L, 900L);
        replaced(1, "b", 950, 1_000);
        assertThat(account(false).windowSeconds()).isEqualTo(0.9);
    }

    /** The call that begins and the one that finishes may have clocks that are minutes apart. */
    @Test
    void isNotNothingWhereTheClockThatFinishesIsSlow() {
        entry(1, "a", Apply.IN_PLACE, JournalStep.DONE, 30_000L, 1_000L);
        CutOverAccount account = CutOverWindow.account(List.of("a"), false, journal);
        assertThat(account.changes()).hasSize(1);
        assertThat(account.windowSeconds()).isZero();
    }

    @Test
    void goesOnUntilWhatWasHalfWrittenInPlaceIsBack() {
        entry(1, "a", Apply.IN_PLACE, JournalStep.APPLYING, 100L, null);
        entry(2, "a", Apply.IN_PLACE, JournalStep.DONE, 2_000L, 2_500L);
        CutOverAccount account = account(true);
        assertThat(account.windowSeconds()).isEqualTo(2.4);
        assertThat(account.changes()).containsExactly(new Change("a", "WRITTEN", at(2_500)));
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

    private void dropped(String target, ContentHash content) {
        journal.add(new JournalEntry(
                "r/1/" + target,
                "r",
                1,
                1,
                target,
                "d." + target,
                null,
                null,
                "d.displaced",
                null,
                content,
                List.of(),
                JournalStep.DONE,
                at(160),
                at(200)));
    }

    private void entry(long epoch, String target, JournalStep step, Long from, Long to) {
        entry(epoch, target, Apply.SWAP, step, from, to);
    }

    private void entry(long epoch, String target, Apply apply, JournalStep step, Long from, Long to) {
        journal.add(new JournalEntry(
                "r/" + epoch + "/" + target,
                "r",
                epoch,
                epoch,
                target,
                "d." + target,
                apply,
                "d.shadow",
                null,
                null,
                ContentHash.EMPTY,
                List.of(),
                step,
                from == null ? null : at(from),
                to == null ? null : at(to)));
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
