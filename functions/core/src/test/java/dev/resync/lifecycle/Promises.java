package dev.resync.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoNamespace;
import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.fixture.DatabaseState;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunMode;
import dev.resync.run.RunState;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.SnapshotTarget;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonDocument;

/** What must hold after every step, and what must hold in the end. */
final class Promises {

    private static final List<String> TARGETS = List.of("nameView", "personView");

    private final RunFixture fixture;
    /** What live holds, by target, as the endings so far say. */
    private final Map<String, ContentHash> expected = new TreeMap<>();
    /** Every shadow that a run's verdict ever spoke of, by run and target. */
    private final Map<String, Set<ContentHash>> judged = new TreeMap<>();

    private final Map<String, JsonNode> receipts = new TreeMap<>();

    Promises(RunFixture fixture) {
        this.fixture = fixture;
        TARGETS.forEach(target -> expected.put(target, fixture.live(target)));
        fixture.context().runs().all().forEach(run -> receipts.put(run.id(), run.receipt()));
    }

    /** Looks after a step. */
    void look() {
        Map<String, Run> runs = new TreeMap<>();
        for (Run run : fixture.context().runs().all()) {
            runs.put(run.id(), run);
            assertThat(run.state()).as("state of %s", run.id()).isNotEqualTo(RunState.NEEDS_OPERATOR);
            if (run.verdict() != null) {
                run.verdict().shadows().forEach((target, shadow) -> judged(run, target)
                        .add(shadow));
            }
            if (receipts.containsKey(run.id())) {
                assertThat(run.state()).as("an ended run").isEqualTo(RunState.CLOSED);
                assertThat(run.receipt()).as("receipt of an ended run").isEqualTo(receipts.get(run.id()));
                assertThat(run.ending().name())
                        .isEqualTo(run.receipt().path("ending").textValue());
            } else if (run.state() == RunState.CLOSED) {
                ended(run);
            }
        }
        TARGETS.forEach(target -> look(target, runs));
    }

    private void ended(Run run) {
        assertThat(run.receipt()).as("receipt of %s", run.id()).isNotNull();
        assertThat(run.ending()).as("ending of %s", run.id()).isNotNull();
        assertThat(run.receipt().path("ending").textValue())
                .isEqualTo(run.ending().name());
        receipts.put(run.id(), run.receipt());
        switch (run.ending()) {
            case UNTOUCHED -> {}
            case CUT_OVER -> {
                assertThat(run.mode()).as("mode of what was cut over").isEqualTo(RunMode.EXECUTE);
                assertThat(run.rollback()).as("rolled back").isFalse();
                expected.putAll(run.verdict().shadows());
            }
            case RESTORED -> {
                assertThat(run.restoring()).as("restoring").isTrue();
                fixture.context()
                        .snapshots()
                        .require(run.restoreFrom())
                        .targets()
                        .forEach(target -> expected.put(target.name(), target.content()));
            }
        }
    }

    private void look(String target, Map<String, Run> runs) {
        ContentHash live = fixture.live(target);
        Run holder = holder(target, runs);
        if (holder == null || holder.state() == RunState.CLOSED) {
            assertThat(live).as("%s, held by nobody at work", target).isEqualTo(expected.get(target));
            assertThat(fixture.exists(target)).as("%s exists", target).isEqualTo(live.documents() > 0);
            return;
        }
        Set<ContentHash> possible = new HashSet<>(judged(holder, target));
        possible.add(expected.get(target));
        if (holder.restoreFrom() != null) {
            SnapshotTarget copy =
                    fixture.context().snapshots().require(holder.restoreFrom()).target(target);
            possible.add(copy.content());
        }
        if (!possible.contains(ContentHash.EMPTY)) {
            assertThat(live.documents()).as("documents of %s", target).isPositive();
        }
        if (!isHalfWritten(holder, target)) {
            assertThat(possible).as("%s, held by %s", target, holder.id()).contains(live);
        }
    }

    /** Old and new documents stand side by side there until the lines that say so are followed by one that is done. */
    private boolean isHalfWritten(Run holder, String target) {
        return fixture.context().journal().of(holder.id()).stream()
                .filter(entry -> entry.target().equals(target))
                .max(Comparator.comparingLong(JournalEntry::epoch))
                .filter(entry -> entry.inPlace() && entry.step() != JournalStep.DONE)
                .isPresent();
    }

    private Run holder(String target, Map<String, Run> runs) {
        BsonDocument lock = fixture.control("locks")
                .find(BsonDocument.parse("{_id: '%s.%s'}".formatted(fixture.database(), target)))
                .first();
        return lock == null || !lock.isString("holder")
                ? null
                : runs.get(lock.getString("holder").getValue());
    }

    private Set<ContentHash> judged(Run run, String target) {
        return judged.computeIfAbsent(run.id() + "/" + target, any -> new HashSet<>());
    }

    /** Looks after everything has come to its end. */
    void end() {
        look();
        Set<String> kept = new HashSet<>();
        fixture.context().snapshots().all().stream()
                .flatMap(snapshot -> snapshot.targets().stream())
                .filter(target -> !target.isAbsent())
                .forEach(target -> kept.add(target.collection()));
        for (Run run : fixture.context().runs().all()) {
            assertThat(run.state()).as("state of %s in the end", run.id()).isEqualTo(RunState.CLOSED);
            assertThat(run.ending()).isIn(Ending.UNTOUCHED, Ending.CUT_OVER, Ending.RESTORED);
            assertThat(fixture.context().locks().heldBy(run.id())).as("locks").isEmpty();
            for (RunTarget target : run.targets()) {
                assertThat(fixture.live(target.name())).isEqualTo(expected.get(target.name()));
            }
        }
        Set<String> left = new HashSet<>();
        for (String database : List.of(fixture.database(), "resync")) {
            fixture.context()
                    .store()
                    .collectionNames(database, RunCollection.prefixOfAll())
                    .forEach(name -> left.add(database + "." + name));
        }
        assertThat(left).as("what is left").isEqualTo(kept);
        for (SnapshotTarget target : fixture.context().snapshots().all().stream()
                .flatMap(snapshot -> snapshot.targets().stream())
                .filter(target -> !target.isAbsent())
                .toList()) {
            assertThat(DatabaseState.of(fixture.client(), new MongoNamespace(target.collection())))
                    .as("snapshot %s", target.collection())
                    .isEqualTo(target.content());
        }
    }
}
