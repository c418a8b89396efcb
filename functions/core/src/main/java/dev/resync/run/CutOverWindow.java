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

/** Works out from the journal how long the targets of a run may have shown views of different runs. */
final class CutOverWindow {

    private static final long BEFORE = 0;
    private static final double MILLIS = 1000;

    private CutOverWindow() {}

    /**
     * Returns the account of all changes of live by a run.
     *
     * @param targets names of all targets of the run
     * @param wentBack whether the run brought its snapshot back after its cut-over
     * @param journal all lines of the run, of all its epochs
     * @return null where live was never changed
     */
    static CutOverAccount account(Collection<String> targets, boolean wentBack, List<JournalEntry> journal) {
        List<JournalEntry> done = journal.stream()
                .filter(entry -> entry.step() == JournalStep.DONE && entry.renamedAt() != null && !dropsNothing(entry))
                // Clocks of functions may be minutes apart; epochs follow each other.
                .sorted(Comparator.comparingLong(JournalEntry::epoch).thenComparing(JournalEntry::renamedAt))
                .toList();
        if (done.isEmpty()) {
            return null;
        }
        List<Change> changes = done.stream()
                .map(entry -> new Change(entry.target(), entry.drops() ? "DROPPED" : "REPLACED", entry.renamedAt()))
                .toList();
        // What was missing and stays so fits to the old view as well as to the new one.
        List<String> idle = journal.stream()
                .filter(CutOverWindow::dropsNothing)
                .map(JournalEntry::target)
                .toList();
        List<String> shown =
                targets.stream().filter(target -> !idle.contains(target)).toList();
        return new CutOverAccount(changes, window(shown, wentBack, done).toMillis() / MILLIS);
    }

    private static boolean dropsNothing(JournalEntry entry) {
        return entry.drops() && entry.content() == null;
    }

    private static Duration window(Collection<String> targets, boolean wentBack, List<JournalEntry> done) {
        long first = done.stream().mapToLong(JournalEntry::epoch).min().orElseThrow();
        // Which epoch's view each target shows; all epochs after the cut-over's go back.
        Map<String, Long> views = new TreeMap<>();
        targets.forEach(target -> views.put(target, BEFORE));
        Duration mixed = Duration.ZERO;
        List<JournalEntry> window = new ArrayList<>();
        for (JournalEntry entry : done) {
            views.put(entry.target(), wentBack && entry.epoch() > first ? BEFORE : entry.epoch());
            boolean differ = new TreeSet<>(views.values()).size() > 1;
            if (differ || !window.isEmpty()) {
                window.add(entry);
            }
            if (!differ && !window.isEmpty()) {
                mixed = mixed.plus(length(window));
                window.clear();
            }
        }
        return mixed;
    }

    /** From the earliest time to the latest, whichever clock they are of. */
    private static Duration length(List<JournalEntry> window) {
        Instant from = window.stream()
                .map(JournalEntry::renamingAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant until = window.stream()
                .map(JournalEntry::renamedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return until.isBefore(from) ? Duration.ZERO : Duration.between(from, until);
    }
}
