package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.TransitionListener.Direction;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.store.ControlJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores of one of two views, and dry runs of restores, through the state machine as it is deployed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreRequestTest {

    private static final String MASTER = Rehearsal.MASTER.getCollectionName();
    private static final String RECOMMENDATION = Rehearsal.RECOMMENDATION.getCollectionName();

    private Rehearsal rehearsal;
    private Map<String, ContentHash> old;
    private Map<String, ContentHash> published;
    private String snapshot;
    private String ofPublished;

    @BeforeAll
    void publish() {
        rehearsal = new Rehearsal(600);
        old = rehearsal.live();
        snapshot = rehearsal.finished(rehearsal.execute()).snapshot();
        published = rehearsal.live();
        ofPublished = restore("RESTORE", snapshot).snapshot();
    }

    @AfterAll
    void tearDown() {
        rehearsal.close();
    }

    @BeforeEach
    void newViewsAreLive() {
        rehearsal.calm();
        if (!rehearsal.live().equals(published)) {
            restore("RESTORE", ofPublished);
        }
        assertThat(rehearsal.live()).isEqualTo(published);
    }

    /** How often, and when, each function is called. */
    enum Calls {
        ONCE(call -> call),
        TWICE_IN_TURN(call -> () -> {
            call.get();
            return call.get();
        }),
        TWICE_AT_ONCE(call -> () -> {
            var other = CompletableFuture.supplyAsync(call);
            try {
                return call.get();
            } finally {
                // Its answer does not matter; that it may be refused does not either.
                other.handle((answer, error) -> answer).join();
            }
        });

        private final UnaryOperator<Supplier<JsonNode>> how;

        Calls(UnaryOperator<Supplier<JsonNode>> how) {
            this.how = how;
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneViewIsBroughtBackAndThenTheOtherWay(Calls calls) {
        rehearsal.calls.set((function, payload, call) -> calls.how.apply(call).get());
        Run restored = restore("RESTORE", snapshot, MASTER);
        assertThat(restored.ending()).as("%s", restored.error()).isEqualTo(Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(only(MASTER));
        assertThat(rehearsal
                        .platform
                        .context()
                        .snapshots()
                        .require(restored.snapshot())
                        .targets())
                .extracting(SnapshotTarget::name)
                .containsExactly(MASTER);
        assertThat(restored.receipt().path("next").asText())
                .contains("restore --snapshot " + restored.snapshot())
                .doesNotContain("--only");

        Run undone = restore("RESTORE", restored.snapshot());
        assertThat(undone.ending()).isEqualTo(Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(published);
    }

    @ParameterizedTest
    @EnumSource
    void aDryRunCallsNothingThatCopiesAndForetellsTheReceipt(Calls calls) {
        Map<String, ContentHash> before = rehearsal.live();
        List<String> functions = new CopyOnWriteArrayList<>();
        rehearsal.calls.set((function, payload, call) -> {
            functions.add(function);
            return calls.how.apply(call).get();
        });
        Run dryRun = restore("RESTORE_DRY_RUN", snapshot);
        assertThat(dryRun.ending()).as("%s", dryRun.error()).isEqualTo(Ending.UNTOUCHED);
        assertThat(functions).containsExactly("admit", "verify", "finish");
        assertThat(rehearsal.live()).isEqualTo(before);

        rehearsal.calm();
        Run restored = restore("RESTORE", snapshot);
        assertThat(restored.receipt().path("targets"))
                .hasSize(2)
                .isEqualTo(dryRun.receipt().path("targets"));
        assertThat(restored.receipt().at("/targets/" + MASTER + "/changed").asLong())
                .isPositive();
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Admitted", "Verify", "WhatIsAllowed", "Finish"})
    void aDryRunThatIsStoppedIsClosedByTheReconciler(String state) {
        AtomicBoolean stopped = new AtomicBoolean();
        rehearsal.transitions.set(transition -> {
            if (transition.direction() == Direction.ENTERED
                    && transition.state().equals(state)
                    && stopped.compareAndSet(false, true)) {
                rehearsal.platform.engine().stopExecution(transition.executionArn(), "Stopped", "rehearsal");
            }
        });
        String execution = rehearsal.platform.startRestore(null, request("RESTORE_DRY_RUN", snapshot));
        assertThat(rehearsal.settled(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped).isTrue();
        rehearsal.platform.stages().call("reconcile", ControlJson.mapper().createObjectNode());
        Run ended = rehearsal.finished(execution);
        assertThat(ended.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(rehearsal.live()).isEqualTo(published);
        assertThat(rehearsal.platform.context().locks().heldBy(ended.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void aPartialRestoreThatIsStoppedInItsCutOverEndsOneWayOrTheOther(String when) {
        rehearsal.checkpoints.set(point -> {
            if (point.equals("cut-over:" + when + "-rename:" + RECOMMENDATION)) {
                throw new IllegalStateException("broken for good");
            }
        });
        String execution = rehearsal.platform.startRestore(null, request("RESTORE", snapshot, RECOMMENDATION));
        assertThat(rehearsal.settled(execution).status()).isEqualTo(ExecutionStatus.FAILED);
        rehearsal.calm();
        rehearsal.platform.stages().call("reconcile", ControlJson.mapper().createObjectNode());
        Run ended = rehearsal.finished(execution);
        boolean renamed = when.equals("after");
        assertThat(ended.ending()).isEqualTo(renamed ? Ending.RESTORED : Ending.UNTOUCHED);
        assertThat(rehearsal.live()).isEqualTo(renamed ? only(RECOMMENDATION) : published);
        if (!renamed) {
            assertThat(ended.receipt().path("next").asText())
                    .contains("restore --snapshot " + snapshot + " --only " + RECOMMENDATION);
        }
    }

    @Test
    void aDryRunIsNotForTheResyncStateMachine() {
        int before = rehearsal.platform.context().runs().all().size();
        String execution = rehearsal.platform.startResync(null, request("RESTORE_DRY_RUN", snapshot));
        assertThat(rehearsal.settled(execution).error()).isEqualTo("dev.resync.error.RequestInvalid");
        assertThat(rehearsal.platform.context().runs().all()).hasSize(before);
    }

    private Run restore(String mode, String id, String... only) {
        return rehearsal.finished(rehearsal.platform.startRestore(null, request(mode, id, only)));
    }

    private ObjectNode request(String mode, String id, String... only) {
        ObjectNode request = rehearsal.restoreRequest(id).put("mode", mode);
        if (only.length > 0) {
            List.of(only).forEach(request.putArray("only")::add);
        }
        return request;
    }

    /** The published views, but for one that is old. */
    private Map<String, ContentHash> only(String target) {
        Map<String, ContentHash> views = new TreeMap<>(published);
        views.put(target, old.get(target));
        return views;
    }
}
