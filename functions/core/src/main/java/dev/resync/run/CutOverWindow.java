package dev.resync.run;

import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.run.Receipt.Change;
import dev.resync.run.Receipt.CutOverAccount;
import java.time.Duration;
import java.time.Instant;
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
                .filter(entry -> entry.step() == JournalStep.DONE && entry.renamedAt() != null)
                .sorted(Comparator.comparing(JournalEntry::renamedAt))
                .toList();
        if (done.isEmpty()) {
            return null;
        }
        List<Change> changes = done.stream()
                .map(entry -> new Change(entry.target(), entry.drops() ? "DROPPED" : "REPLACED", entry.renamedAt()))
                .toList();
        return new CutOverAccount(changes, window(targets, wentBack, done).toMillis() / MILLIS);
    }

    private static Duration window(Collection<String> targets, boolean wentBack, List<JournalEntry> done) {
        long first = done.stream().mapToLong(JournalEntry::epoch).min().orElseThrow();
        // Which epoch's view each target shows; all epochs after the cut-over's go back.
        Map<String, Long> views = new TreeMap<>();
        targets.forEach(target -> views.put(target, BEFORE));
        Duration mixed = Duration.ZERO;
        Instant since = null;
        for (JournalEntry entry : done) {
            views.put(entry.target(), wentBack && entry.epoch() > first ? BEFORE : entry.epoch());
            boolean differ = new TreeSet<>(views.values()).size() > 1;
            if (differ && since == null) {
                since = entry.renamingAt();
            } else if (!differ && since != null) {
                mixed = mixed.plus(Duration.between(since, entry.renamedAt()));
                since = null;
            }
        }
        return mixed;
    }
}
