package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.chunk.SourceAccount;
import dev.resync.cli.reader.ReaderProbe;
import dev.resync.cutover.Journal;
import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.error.ResyncException;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotStore;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.store.CollectionShape;
import dev.resync.store.ControlJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks, past all faults, whether what must always hold still does. Used by one thread, one round at a time. */
final class Checks {

    private final Ground ground;
    private final SnapshotStore snapshots;
    private final Journal journal;
    private final ReceiptSchema schema = new ReceiptSchema();
    private final List<String> violations = new ArrayList<>();
    private double longestWindow;

    Checks(Ground ground) {
        this.ground = ground;
        this.snapshots = new SnapshotStore(ground.store());
        this.journal = new Journal(ground.store());
    }

    /**
     * What the reader saw.
     *
     * @param reads complete reads
     * @param errors reads that failed, or saw something else than a view of this round
     * @param mixed reads that saw documents of both views side by side, where they are changed in place
     */
    record Seen(long reads, long errors, long mixed) {}

    /** Begins a round. */
    void begin() {
        violations.clear();
        longestWindow = 0;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    double longestWindow() {
        return longestWindow;
    }

    /** Notes a violation where something does not hold. */
    void require(String what, boolean holds) {
        if (!holds) {
            violations.add(what);
        }
    }

    /**
     * Checks a run after all is quiet.
     *
     * @param before live before it
     * @param wanted what it means to publish
     * @param allowed how it may end
     */
    void ended(Run run, LiveState before, LiveState wanted, Set<Ending> allowed) {
        String name = run.mode() + " run " + run.id();
        require(name + " is closed, not " + run.state() + " (" + run.error() + ")", run.state() == RunState.CLOSED);
        require(name + " has an ending and a receipt", run.ending() != null && run.receipt() != null);
        require(
                name + " ended one of " + allowed + ", not " + run.ending() + " (" + run.error() + ")",
                run.ending() == null || allowed.contains(run.ending()));
        LiveState found = ground.live();
        LiveState expected = published(run) ? wanted : before;
        require(
                name + " ended " + run.ending() + ": live is " + described(found, before, wanted),
                expected.contents().equals(found.contents()));
        require(
                name + " ended " + run.ending() + " and left indexes and options of live as they should be, "
                        + expected.shapes() + ", not " + found.shapes(),
                expected.shapes().equals(found.shapes()));
        require(
                name + " was stopped and must not end CUT_OVER",
                run.stopCause() != ExecutionStatus.ABORTED || run.ending() != Ending.CUT_OVER);
        journalAgrees(name, run);
        snapshotHolds(name, run, before);
        if (run.receipt() != null) {
            receiptHolds(name, run);
        }
    }

    private static boolean published(Run run) {
        return !run.rollback()
                && (run.ending() == Ending.CUT_OVER || (run.restoring() && run.ending() == Ending.RESTORED));
    }

    private void journalAgrees(String name, Run run) {
        List<JournalEntry> done = journal.of(run.id()).stream()
                .filter(entry -> entry.step() == JournalStep.DONE)
                .toList();
        if (run.ending() == Ending.UNTOUCHED) {
            // To take away what is missing already changes nothing.
            List<String> changes = done.stream()
                    .filter(entry -> !entry.drops() || entry.content() != null)
                    .map(JournalEntry::id)
                    .toList();
            require(name + " ended UNTOUCHED and the journal says so, not " + changes, changes.isEmpty());
        } else {
            require(name + " ended " + run.ending() + " and the journal says so", !done.isEmpty());
        }
    }

    /** The snapshot that leads back to what live was before the run; a way back takes another one, of what it replaces. */
    private void snapshotHolds(String name, Run run, LiveState before) {
        String id = run.rollback() ? run.restoreFrom() : run.snapshot();
        if (id == null) {
            require(name + " took a snapshot before it changed live", run.ending() == Ending.UNTOUCHED);
            return;
        }
        try {
            Snapshot snapshot = snapshots.requireProven(id);
            Map<String, ContentHash> contents = new TreeMap<>();
            Map<String, CollectionShape> shapes = new TreeMap<>();
            for (SnapshotTarget target : snapshot.targets()) {
                contents.put(target.name(), target.content());
                if (!target.isAbsent()) {
                    shapes.put(target.name(), target.shape());
                }
            }
            require("snapshot " + id + " holds what live held", new LiveState(contents, shapes).equals(before));
        } catch (ResyncException damaged) {
            require("snapshot " + id + " is what was sealed: " + damaged.getMessage(), false);
        }
    }

    private void receiptHolds(String name, Run run) {
        JsonNode receipt = run.receipt();
        schema.problems(receipt)
                .forEach(problem -> require(name + " has a receipt as the schema has it, not " + problem, false));
        require(
                name + " and its receipt agree on the ending",
                receipt.path("ending").asText().equals(String.valueOf(run.ending())));
        receipt.path("sources").properties().forEach(source -> {
            SourceAccount account = ControlJson.mapper().convertValue(source.getValue(), SourceAccount.class);
            boolean mapped = run.stages().containsKey("map-chunk");
            require(name + " accounts for all of source " + source.getKey(), !mapped || account.balanced());
        });
        longestWindow =
                Math.max(longestWindow, receipt.at("/cutOver/windowSeconds").asDouble());
    }

    /**
     * Returns what the reader saw in this round.
     *
     * @param states views that live may have had
     * @param before documents of the views before the round
     * @param wanted documents of the views that it means to publish
     */
    Seen reader(
            Map<String, Map<String, ContentHash>> states,
            Map<String, ViewDocuments> before,
            Map<String, ViewDocuments> wanted) {
        ReaderProbe.Account account = ground.reader().take(states);
        account.errors().forEach(error -> violations.add("the reader failed: " + error));
        if (!ground.rehearsed().inPlace()) {
            require("the reader saw views of this round only: " + account.views(), account.others() == 0);
            return new Seen(account.reads(), account.errors().size() + account.others(), 0);
        }
        ground.reader().takeDocuments().forEach((view, digests) -> {
            ViewDocuments old = before.getOrDefault(view, ViewDocuments.NONE);
            ViewDocuments now = wanted.getOrDefault(view, ViewDocuments.NONE);
            digests.removeAll(old.with(now));
            require(
                    "the reader saw documents of this round only, and not " + digests.size() + " others in " + view,
                    digests.isEmpty());
            account.documentsOfOthers(view)
                    .forEach(documents -> require(
                            "the reader saw all that both views have, and not " + documents + " documents of " + view,
                            documents >= old.least(now) && documents <= old.most(now)));
        });
        return new Seen(account.reads(), account.errors().size(), account.others());
    }

    private static String described(LiveState found, LiveState before, LiveState wanted) {
        Map<String, String> views = new TreeMap<>();
        found.contents().forEach((name, content) -> {
            String what = content.equals(before.contents().get(name))
                    ? "before"
                    : content.equals(wanted.contents().get(name))
                            ? "wanted"
                            : "something else (" + content.documents() + ")";
            views.put(name, what);
        });
        return views.toString();
    }
}
