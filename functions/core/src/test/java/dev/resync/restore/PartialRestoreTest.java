package dev.resync.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Indexes;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.error.SnapshotDamaged;
import dev.resync.error.TargetLocked;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.IdentifyingMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some targets of a snapshot are brought back; the others are neither read nor touched. */
class PartialRestoreTest {

    private static final List<String> TARGETS = List.of("ageView", "nameView", "personView");
    private static final String AGE_VIEW = """
            "targets": {
              "ageView": {
                "namespace": "%s.ageView",
                "changeStreamConsumers": "none",
                "allowCreate": true,
                "fields": [{"path": "age", "from": ["people.age"], "type": "int"}]
              },""";

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    /** Every command of a stage that names a collection, as {@code command collection}. */
    private final List<String> commands = new CopyOnWriteArrayList<>();

    private RunFixture fixture;
    private Map<String, ContentHash> old;
    private Map<String, ContentHash> published;
    private String snapshot;

    @BeforeEach
    void publish() {
        IdentifyingMongo stages = new IdentifyingMongo(MONGO.newClient("", new Commands()));
        fixture = new RunFixture(MONGO.client(), stages.client(), false).filled(10);
        fixture.plans().deployWith("\"targets\": {", AGE_VIEW.formatted(fixture.database()));
        fixture.insert("ageView", "{_id: 'p0003', age: 1}");
        old = live();
        snapshot = fixture.execute().toEnd().snapshot();
        published = live();
        commands.clear();
    }

    @Test
    void leavesTheOthersTheVeryCollectionsTheyWere() {
        Map<String, String> before = identities();
        Run restore = fixture.restore(snapshot, "personView").toEnd();
        assertThat(restore.ending()).isEqualTo(Ending.RESTORED);
        assertOnlyIsOld("personView");
        Map<String, String> after = identities();
        assertThat(after.get("ageView")).isEqualTo(before.get("ageView"));
        assertThat(after.get("nameView")).isEqualTo(before.get("nameView"));
        assertThat(after.get("personView")).isNotEqualTo(before.get("personView"));
        assertThat(restore.receipt().get("targets").fieldNames()).toIterable().containsExactly("personView");
    }

    @Test
    void sendsNoCommandToTheOthersOrToTheirCopies() {
        fixture.restore(snapshot, "personView").toEnd();
        Snapshot taken = fixture.context().snapshots().require(snapshot);
        List<String> others = List.of(
                "ageView",
                "nameView",
                copyOf(taken, "ageView"),
                copyOf(taken, "nameView"),
                copyOf(taken, "personView"));
        List<String> sent = commands.stream()
                .filter(command -> others.contains(command.substring(command.indexOf(' ') + 1)))
                .toList();
        assertThat(sent).isNotEmpty().allMatch(command -> command.endsWith(copyOf(taken, "personView")));
    }

    @Test
    void takesItsOwnLocksOnlySoThatTwoCanBeAtWorkAtOnce() {
        RunDriver person = fixture.restore(snapshot, "personView").upTo("cut-over");
        assertThat(fixture.context().locks().heldBy(person.runId()))
                .containsExactly(fixture.database() + ".personView");
        assertThatThrownBy(() -> fixture.restore(snapshot)).isInstanceOf(TargetLocked.class);
        assertThat(fixture.restore(snapshot, "nameView").toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertOnlyIsOld("nameView");
        assertThat(person.toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertOnlyIsOld("nameView", "personView");
    }

    @Test
    void isUndoneByTheSnapshotThatItTook() {
        fixture.collection("personView").createIndex(Indexes.ascending("age"));
        Run restore = fixture.restore(snapshot, "personView", "ageView").toEnd();
        assertOnlyIsOld("ageView", "personView");
        Snapshot taken = fixture.context().snapshots().require(restore.snapshot());
        assertThat(taken.targets()).extracting(SnapshotTarget::name).containsExactly("ageView", "personView");
        assertThat(restore.receipt().get("next").textValue()).isEqualTo("restore " + restore.snapshot());

        Map<String, String> before = identities();
        Run undone = fixture.restore(restore.snapshot()).toEnd();
        assertThat(undone.ending()).isEqualTo(Ending.RESTORED);
        assertThat(live()).isEqualTo(published);
        assertThat(identities().get("nameView")).isEqualTo(before.get("nameView"));
        assertThat(fixture.collection("personView").listIndexes())
                .extracting(index -> index.getString("name"))
                .contains("age_1");

        fixture.restore(restore.snapshot(), "ageView").toEnd();
        assertThat(live()).isEqualTo(published);
    }

    @Test
    void takesTargetsInTheOrderOfTheSnapshotHoweverTheyAreNamed() {
        Run one = fixture.restore(snapshot, "personView", "nameView").toEnd();
        assertThat(one.targets()).extracting(RunTarget::name).containsExactly("nameView", "personView");
        assertThat(one.targets()).extracting(RunTarget::index).containsExactly(0, 1);
        assertOnlyIsOld("nameView", "personView");
    }

    @Test
    void takesAwayOnlyTheTargetThatDidNotExist() {
        fixture.collection("ageView").drop();
        fixture.collection("nameView").drop();
        String withoutTwo = fixture.execute().toEnd().snapshot();
        published = live();
        Run restore = fixture.restore(withoutTwo, "nameView").toEnd();
        assertThat(restore.ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.exists("nameView")).isFalse();
        assertThat(fixture.live("ageView")).isEqualTo(published.get("ageView"));
        assertThat(fixture.live("personView")).isEqualTo(published.get("personView"));
        assertThat(fixture.displaced()).hasSize(1);
        assertThat(restore.receipt().at("/targets/nameView/removed").intValue()).isEqualTo(10);

        assertThat(fixture.restore(restore.snapshot()).toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(live()).isEqualTo(published);
    }

    @Test
    void mindsNoDamageOfWhatItDoesNotBringBack() {
        fixture.byName(fixture.context()
                        .snapshots()
                        .require(snapshot)
                        .target("nameView")
                        .collection())
                .deleteOne(new BsonDocument());
        assertThat(fixture.restore(snapshot, "personView", "ageView").toEnd().ending())
                .isEqualTo(Ending.RESTORED);
        assertOnlyIsOld("ageView", "personView");
        RunDriver damaged = fixture.restore(snapshot, "nameView");
        assertThatThrownBy(() -> damaged.step("plan-chunks")).isInstanceOf(SnapshotDamaged.class);
    }

    @ParameterizedTest
    @CsvSource({
        "cut-over:planned, UNTOUCHED, false",
        "cut-over:before-rename:ageView, UNTOUCHED, false",
        "cut-over:after-rename:ageView, RESTORED, false",
        "cut-over:before-rename:personView, RESTORED, false",
        "cut-over:after-rename:personView, RESTORED, true",
        "cut-over:complete, RESTORED, true"
    })
    void stoppedInTheMiddleEndsWithAllOfItsTargetsOldOrNone(String point, Ending ending, boolean back) {
        Map<String, String> before = identities();
        RunDriver restore = fixture.restore(snapshot, "ageView", "personView").upTo("cut-over");
        fixture.stops().dieAt(point);
        catchThrowable(() -> restore.step("cut-over"));
        Run ended = restore.closed(ExecutionStatus.ABORTED);
        assertThat(ended.state()).isEqualTo(RunState.CLOSED);
        assertThat(ended.ending()).isEqualTo(ending);
        if (back) {
            assertOnlyIsOld("ageView", "personView");
        } else {
            assertThat(live()).isEqualTo(published);
        }
        assertThat(identities().get("nameView")).isEqualTo(before.get("nameView"));
        assertThat(fixture.context().locks().heldBy(ended.id())).isEmpty();
    }

    @Test
    void stoppedBeforeItChangedLiveIsOfferedAgainWithTheSameTargets() {
        RunDriver restore = fixture.restore(snapshot, "personView", "ageView").upTo("verify");
        Run ended = restore.closed(ExecutionStatus.ABORTED);
        assertThat(ended.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(ended.receipt().get("next").textValue())
                .isEqualTo("restore " + snapshot + " only personView ageView");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plan-chunks", "seal-snapshot", "seal-shadow", "verify", "pre-cut-over", "cut-over", "finish"})
    void aStageCalledAgainAnswersTheSame(String stage) {
        RunDriver restore = fixture.restore(snapshot, "ageView", "personView").upTo(stage);
        if (stage.startsWith("seal-")) {
            restore.chunks(stage.equals("seal-shadow") ? "restore" : "snapshot");
        }
        JsonNode first = restore.step(stage);
        assertThat(restore.step(stage)).isEqualTo(first);
        assertThat(restore.toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertOnlyIsOld("ageView", "personView");
    }

    @Test
    void admittedAgainIsTheSameRun() {
        JsonNode request = fixture.restoreRequest("RESTORE", snapshot, "personView");
        String execution = fixture.newExecution();
        JsonNode first = fixture.call("admit", fixture.admission(request, execution));
        assertThat(fixture.call("admit", fixture.admission(request, execution))).isEqualTo(first);
        assertThat(fixture.run(first.get("runId").textValue()).targets()).hasSize(1);
    }

    private void assertOnlyIsOld(String... targets) {
        Map<String, ContentHash> expected = new TreeMap<>(published);
        List.of(targets).forEach(target -> expected.put(target, old.get(target)));
        assertThat(live()).isEqualTo(expected);
    }

    private Map<String, ContentHash> live() {
        Map<String, ContentHash> live = new TreeMap<>();
        TARGETS.forEach(target -> live.put(target, fixture.live(target)));
        return live;
    }

    private Map<String, String> identities() {
        Map<String, String> identities = new TreeMap<>();
        for (String target : TARGETS) {
            MongoNamespace live = new MongoNamespace(fixture.database(), target);
            identities.put(target, fixture.context().store().identity(live).orElseThrow());
        }
        return identities;
    }

    private static String copyOf(Snapshot snapshot, String target) {
        return snapshot.target(target).where().getCollectionName();
    }

    private final class Commands implements CommandListener {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            List<String> names = new ArrayList<>();
            event.getCommand().values().forEach(value -> {
                if (value.isString()) {
                    // Commands on the admin database name collections in full.
                    names.add(value.asString().getValue().replaceFirst("^" + fixtureDatabase() + "[.]", ""));
                }
            });
            names.forEach(name -> commands.add(event.getCommandName() + " " + name));
        }

        private String fixtureDatabase() {
            return fixture == null ? "none" : fixture.database();
        }
    }
}
