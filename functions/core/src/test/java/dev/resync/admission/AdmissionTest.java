package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.PlanUnknown;
import dev.resync.error.RequestInvalid;
import dev.resync.error.ResyncException;
import dev.resync.error.SnapshotUnknown;
import dev.resync.error.SourceUnsuitable;
import dev.resync.error.TargetUnsuitable;
import dev.resync.fixture.DatabaseState;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.store.ControlJson;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is read in bulk and nothing but the audit trail is written before a request is admitted (I1). */
class AdmissionTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final Set<String> read = new ConcurrentSkipListSet<>();
    private RunFixture fixture;

    @BeforeEach
    void fill() {
        CommandListener reads = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (Set.of("find", "aggregate").contains(event.getCommandName())
                        && !event.getDatabaseName().equals("resync")) {
                    read.add(event.getCommand().toJson());
                }
            }
        };
        fixture = new RunFixture(MONGO.client(), MONGO.newClient("", reads), false).filled(10);
    }

    record Refusal(
            String what,
            Class<? extends ResyncException> error,
            String says,
            Consumer<RunFixture> world,
            Consumer<ObjectNode> request) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Refusal> refusals() {
        Consumer<RunFixture> asItIs = fixture -> {};
        Consumer<ObjectNode> asGiven = request -> {};
        return Stream.of(
                new Refusal(
                        "other environment",
                        EnvironmentMismatch.class,
                        "live",
                        asItIs,
                        r -> r.put("environment", "live")),
                new Refusal(
                        "no environment", RequestInvalid.class, "environment", asItIs, r -> r.remove("environment")),
                new Refusal("unknown plan", PlanUnknown.class, "persons", asItIs, r -> r.put("plan", "persons")),
                new Refusal("no plan", RequestInvalid.class, "plan", asItIs, r -> r.remove("plan")),
                new Refusal("nobody asks", RequestInvalid.class, "requestedBy", asItIs, r -> r.remove("requestedBy")),
                new Refusal("blank reason", RequestInvalid.class, "reason", asItIs, r -> r.put("reason", "  ")),
                new Refusal("reason is a number", RequestInvalid.class, "reason", asItIs, r -> r.put("reason", 1)),
                new Refusal(
                        "unknown field", RequestInvalid.class, "enviroment", asItIs, r -> r.put("enviroment", "test")),
                new Refusal("unknown mode", RequestInvalid.class, "mode", asItIs, r -> r.put("mode", "PREVIEW")),
                new Refusal("no confirmation", RequestInvalid.class, "confirm", asItIs, r -> r.put("mode", "EXECUTE")),
                new Refusal("confirmed dry run", RequestInvalid.class, "confirm", asItIs, r -> r.put("confirm", "x.y")),
                new Refusal(
                        "restore of nothing", RequestInvalid.class, "snapshot", asItIs, r -> r.put("mode", "RESTORE")),
                new Refusal(
                        "dry run of a restore of nothing",
                        RequestInvalid.class,
                        "RESTORE_DRY_RUN and snapshot",
                        asItIs,
                        r -> r.put("mode", "RESTORE_DRY_RUN")),
                new Refusal(
                        "confirmed dry run of a restore", RequestInvalid.class, "confirm", asItIs, restoring(r -> r.put(
                                        "mode", "RESTORE_DRY_RUN")
                                .put("confirm", "x.y"))),
                new Refusal(
                        "resumed dry run of a restore", RequestInvalid.class, "resume", asItIs, restoring(r -> r.put(
                                        "mode", "RESTORE_DRY_RUN")
                                .put("resume", "r")
                                .put("from", "MAP"))),
                new Refusal(
                        "unknown snapshot in a dry run",
                        SnapshotUnknown.class,
                        "s-1",
                        asItIs,
                        restoring(r -> r.put("mode", "RESTORE_DRY_RUN"))),
                new Refusal(
                        "snapshot in a dry run", RequestInvalid.class, "snapshot", asItIs, r -> r.put("snapshot", "s")),
                new Refusal("unknown snapshot", SnapshotUnknown.class, "s-1", asItIs, r -> r.put("mode", "RESTORE")
                        .put("snapshot", "s-1")
                        .remove("plan")),
                new Refusal("targets of a dry run", RequestInvalid.class, "only is [v]", asItIs, r -> r.putArray("only")
                        .add("v")),
                new Refusal(
                        "no targets", RequestInvalid.class, "only is []", asItIs, restoring(r -> r.putArray("only"))),
                new Refusal(
                        "a target that is no text",
                        RequestInvalid.class,
                        "only is [7]",
                        asItIs,
                        restoring(r -> r.putArray("only").add(7))),
                new Refusal(
                        "a blank target",
                        RequestInvalid.class,
                        "only is [\"v\",\" \"]",
                        asItIs,
                        restoring(r -> r.putArray("only").add("v").add(" "))),
                new Refusal(
                        "targets as text",
                        RequestInvalid.class,
                        "only is \"v\"",
                        asItIs,
                        restoring(r -> r.put("only", "v"))),
                new Refusal(
                        "targets as object",
                        RequestInvalid.class,
                        "only is {\"v\":\"v\"}",
                        asItIs,
                        restoring(r -> r.putObject("only").put("v", "v"))),
                new Refusal(
                        "the same target twice",
                        RequestInvalid.class,
                        "each name once",
                        asItIs,
                        restoring(r -> r.putArray("only").add("v").add("v"))),
                new Refusal("resume without from", RequestInvalid.class, "from", asItIs, r -> r.put("resume", "r")),
                new Refusal("resume from VERIFY", RequestInvalid.class, "from", asItIs, r -> r.put("resume", "r")
                        .put("from", "VERIFY")),
                new Refusal(
                        "resume under a key",
                        RequestInvalid.class,
                        "idempotencyKey is given together with resume",
                        asItIs,
                        r -> r.put("resume", "r").put("from", "MAP").put("idempotencyKey", "k")),
                new Refusal(
                        "no concurrency", RequestInvalid.class, "concurrency", asItIs, r -> r.put("concurrency", 0)),
                new Refusal(
                        "too much concurrency",
                        RequestInvalid.class,
                        "concurrency",
                        asItIs,
                        r -> r.put("concurrency", 1001)),
                new Refusal(
                        "half a document a chunk",
                        RequestInvalid.class,
                        "chunkDocuments",
                        asItIs,
                        r -> r.put("chunkDocuments", 0.5)),
                new Refusal(
                        "no source",
                        SourceUnsuitable.class,
                        "people",
                        f -> f.collection("people").drop(),
                        asGiven),
                new Refusal(
                        "no index",
                        SourceUnsuitable.class,
                        "person",
                        f -> f.collection("notes").dropIndexes(),
                        asGiven),
                new Refusal("sparse index", SourceUnsuitable.class, "person", AdmissionTest::sparse, asGiven),
                new Refusal(
                        "no target",
                        TargetUnsuitable.class,
                        "personView",
                        f -> f.collection("personView").drop(),
                        asGiven));
    }

    private static Consumer<ObjectNode> restoring(Consumer<ObjectNode> change) {
        return request -> {
            request.put("mode", "RESTORE").put("snapshot", "s-1").remove("plan");
            change.accept(request);
        };
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesByNameAndWritesTheAuditTrailOnly(Refusal refusal) {
        refusal.world().accept(fixture);
        ObjectNode request = fixture.request("DRY_RUN");
        refusal.request().accept(request);
        Map<String, ContentHash> before = state();
        Throwable error = catchThrowable(() -> fixture.admit(request));
        assertThat(error).isInstanceOf(refusal.error()).hasMessageContaining(refusal.says());
        assertThat(state()).isEqualTo(before);
        assertThat(read).isEmpty();
        assertThat(fixture.context().audit().all()).singleElement().satisfies(entry -> assertThat(entry.detail())
                .startsWith(refusal.error().getName()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"Comment\": \"Insert your JSON here\"}"})
    void previewsWhereNothingIsAsked(String input) throws Exception {
        Map<String, ContentHash> before = state();
        JsonNode answer =
                fixture.call("admit", fixture.admission(ControlJson.mapper().readTree(input), fixture.newExecution()));
        assertThat(answer.get("mode").textValue()).isEqualTo("PREVIEW");
        assertThat(answer.has("runId")).isFalse();
        assertThat(answer.get("environment").textValue()).isEqualTo("test");
        assertThat(answer.at("/preview/plans").get(0).textValue()).isEqualTo("people");
        assertThat(answer.at("/preview/planHashes/people").textValue()).isEqualTo(fixture.planHash());
        assertThat(state()).isEqualTo(before);
        assertThat(read).isEmpty();
    }

    @Test
    void acceptsTheInputThatAPreviewShows() {
        JsonNode preview = fixture.call("admit", fixture.admission(null, fixture.newExecution()));
        assertThat(fixture.admit(preview.at("/preview/inputForDryRun"))
                        .run()
                        .mode()
                        .name())
                .isEqualTo("DRY_RUN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"\"",
                "7",
                "{\"Comment\": \"Go\"}",
                "{\"Comment\": \"Insert your JSON here\", \"plan\": \"people\"}"
            })
    void takesNothingElseForAPreview(String input) throws Exception {
        JsonNode request = ControlJson.mapper().readTree(input);
        assertThat(catchThrowable(() -> fixture.admit(request))).isInstanceOf(RequestInvalid.class);
    }

    @Test
    void refusesTargetsThatTheSnapshotDoesNotHold() {
        String snapshot = fixture.execute().toEnd().snapshot();
        Map<String, ContentHash> before = state();
        assertThatThrownBy(() -> fixture.restore(snapshot, "personView", "persons"))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("only names persons;")
                .hasMessageContaining("nameView, personView");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void readsNoSourceAndNoTargetUntilChunksArePlanned() {
        fixture.admit(fixture.request("DRY_RUN"));
        assertThat(read).isEmpty();
    }

    @Test
    void makesNoChunkConcurrencyLargerThanTheEnvironmentAllows() {
        assertThat(fixture.admit(fixture.request("DRY_RUN").put("concurrency", 500))
                        .run()
                        .concurrency())
                .isEqualTo(10);
    }

    private Map<String, ContentHash> state() {
        return DatabaseState.of(fixture.client(), name -> !name.equals("resync.audit"));
    }

    private static void sparse(RunFixture fixture) {
        fixture.collection("notes").dropIndexes();
        fixture.collection("notes")
                .createIndex(new BsonDocument("person", new BsonInt32(1)), new IndexOptions().sparse(true));
    }
}
