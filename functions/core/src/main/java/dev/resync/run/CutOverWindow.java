package dev.resync.run;

import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.run.Receipt.Change;
import dev.resync.run.Receipt.CutOverAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Works out from the journal how long consumers of a run's targets may have seen more than one view at once. */
final class CutOverWindow {

    private static final long BEFORE = 0;
    /** What a live collection shows that is being changed in place. */
    private static final long OLD_AND_NEW = -1;

    private static final double MILLIS = 1000;

    private CutOverWindow() {}

    /**
     * A time at which a target begins to show something else.
     *
     * @param epoch of the change
     * @param view epoch of what it shows then, {@link #BEFORE} or {@link #OLD_AND_NEW}
     * @param from earliest time of the change
     * @param until latest time of the change
     */
    private record Turn(String target, long epoch, long view, Instant from, Instant until) {}

    /**
     * Returns the account of all changes of live by a run.
     *
     * @param targets names of all targets of the run
     * @param wentBack whether the run brought its snapshot back after its cut-over
     * @param journal all lines of the run, of all its epochs
     * @return null where live was never changed
     */
    static CutOverAccount account(Collection<String> targets, boolean wentBack, List<JournalEntry> journal) {
        List<JournalEntry> changes = journal.stream()
                .filter(entry -> isDone(entry) || entry.step() == JournalStep.APPLYING)
                .filter(entry -> !dropsNothing(entry))
                .toList();
        if (changes.isEmpty()) {
            return null;
        }
        // What was missing and stays so fits to the old view as well as to the new one.
        List<String> idle = journal.stream()
                .filter(CutOverWindow::dropsNothing)
                .map(JournalEntry::target)
                .toList();
        List<String> shown =
                targets.stream().filter(target -> !idle.contains(target)).toList();
        return new CutOverAccount(
                changes.stream()
                        .filter(CutOverWindow::isDone)
                        .sorted(Comparator.comparingLong(JournalEntry::epoch).thenComparing(JournalEntry::renamedAt))
                        .map(entry -> new Change(entry.target(), change(entry), entry.renamedAt()))
                        .toList(),
                window(shown, turns(wentBack, changes)).toMillis() / MILLIS);
    }

    private static boolean isDone(JournalEntry entry) {
        return entry.step() == JournalStep.DONE && entry.renamedAt() != null;
    }

    private static boolean dropsNothing(JournalEntry entry) {
        return entry.drops() && entry.content() == null;
    }

    private static String change(JournalEntry entry) {
        return entry.inPlace() ? "WRITTEN" : entry.drops() ? "DROPPED" : "REPLACED";
    }

    private static List<Turn> turns(boolean wentBack, List<JournalEntry> changes) {
        long first = changes.stream().mapToLong(JournalEntry::epoch).min().orElseThrow();
        List<Turn> turns = new ArrayList<>();
        for (JournalEntry entry : changes) {
            if (entry.inPlace()) {
                turns.add(new Turn(entry.target(), entry.epoch(), OLD_AND_NEW, entry.renamingAt(), entry.renamingAt()));
            }
            if (isDone(entry)) {
                // All epochs after the cut-over's go back.
                long view = wentBack && entry.epoch() > first ? BEFORE : entry.epoch();
                // Never before it began, whichever clock says so.
                Instant until = entry.inPlace() && entry.renamedAt().isBefore(entry.renamingAt())
                        ? entry.renamingAt()
                        : entry.renamedAt();
                turns.add(new Turn(entry.target(), entry.epoch(), view, entry.renamingAt(), until));
            }
        }
        // Clocks of functions may be minutes apart; epochs follow each other, and a target is written before it is
        // done.
        turns.sort(Comparator.comparingLong(Turn::epoch).thenComparing(Turn::until));
        return turns;
    }

    private static Duration window(Collection<String> targets, List<Turn> turns) {
        Map<String, Long> views = new TreeMap<>();
        targets.forEach(target -> views.put(target, BEFORE));
        Duration mixed = Duration.ZERO;
        List<Turn> window = new ArrayList<>();
        for (Turn turn : turns) {
            views.put(turn.target(), turn.view());
            boolean differ = new TreeSet<>(views.values()).size() > 1 || views.containsValue(OLD_AND_NEW);
            if (differ || !window.isEmpty()) {
                window.add(turn);
            }
            if (!differ && !window.isEmpty()) {
                mixed = mixed.plus(length(window));
                window.clear();
            }
        }
        return mixed;
    }

    /** From the earliest time to the latest, whichever clock they are of. */
    private static Duration length(List<Turn> window) {
        Instant from =
                window.stream().map(Turn::from).min(Comparator.naturalOrder()).orElseThrow();
        Instant until =
                window.stream().map(Turn::until).max(Comparator.naturalOrder()).orElseThrow();
        return until.isBefore(from) ? Duration.ZERO : Duration.between(from, until);
    }
}
