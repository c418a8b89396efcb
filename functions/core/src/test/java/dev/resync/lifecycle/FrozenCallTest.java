package dev.resync.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.ResyncException;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.IdentifyingMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.lifecycle.Flight.Freeze;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.RunCollection;
import dev.resync.run.RunState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each function of a run frozen before its operations, one after the other, while its run is stopped, or fails and is
 * resumed; then it goes on. {@code -Dresync.frozen.stride=1} leaves no operation out.
 */
class FrozenCallTest {

    private static final int STRIDE = Integer.getInteger("resync.frozen.stride", 7);
    private static final int START = Integer.getInteger("resync.frozen.start", 1);

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private RunDriver run;
    private Flight flight;
    private List<ContentHash> before;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan-chunks",
                "snapshot-chunk",
                "seal-snapshot",
                "sync-chunk",
                "seal-staging",
                "map-chunk",
                "seal-shadow",
                "verify",
                "pre-cut-over",
                "cut-over",
                "finish"
            })
    void changesNothingOfARunThatWasStopped(String function) {
        for (int skip = START; freeze(function, skip); skip += STRIDE) {
            Ending ending = run.closed(ExecutionStatus.ABORTED).ending();
            List<ContentHash> after = fixture.live();
            assertThat(ending).as("ending, %s", flight).isNotNull();
            assertThat(after.equals(before)).as("%s", flight).isEqualTo(ending != Ending.CUT_OVER);
            flight.goOn(Freeze.NEVER);
            requireNamed();
            assertThat(fixture.live()).as("live after %s", flight).isEqualTo(after);
            assertThat(run.run().ending()).isEqualTo(ending);
            requireNothingLeft();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"map-chunk", "seal-shadow", "verify", "pre-cut-over", "cut-over"})
    void changesNothingOfARunThatWasResumed(String function) {
        for (int skip = START; freeze(function, skip); skip += STRIDE) {
            if (run.closed(ExecutionStatus.FAILED).state() == RunState.SUSPENDED) {
                ObjectNode request =
                        fixture.request("EXECUTE").put("resume", run.runId()).put("from", "MAP");
                RunDriver resumed = fixture.admit(request).upTo("verify");
                flight.goOn(Freeze.NEVER);
                requireNamed();
                assertThat(fixture.live()).as("live after %s", flight).isEqualTo(before);
                assertThat(resumed.toEnd().ending()).as("%s", flight).isEqualTo(Ending.CUT_OVER);
            } else {
                flight.goOn(Freeze.NEVER);
                requireNamed();
            }
            requireNothingLeft();
        }
    }

    /** Returns whether the function came to a stop; it has ended where it has fewer operations. */
    private boolean freeze(String function, int skip) {
        MONGO.empty();
        WatchedMongo watched = new WatchedMongo(new IdentifyingMongo(MONGO.client()).client(), Flight::operation);
        fixture = new RunFixture(MONGO.client(), watched.client(), false).filled(3);
        before = fixture.live();
        run = fixture.execute();
        String seal = sealOf(function);
        run.upTo(seal);
        if (!seal.equals(function)) {
            // All chunks but the first stay undone: the state machine waits for that one.
            ObjectNode event = run.event().put("index", 0);
            flight = Flight.start(function, () -> fixture.call(function, event), new Freeze(skip, false));
        } else {
            String kind = chunksOf(function);
            if (kind != null) {
                run.chunks(kind);
            }
            flight = Flight.start(function, () -> fixture.call(function, run.event()), new Freeze(skip, false));
        }
        return !flight.ended();
    }

    private static String sealOf(String function) {
        return switch (function) {
            case "snapshot-chunk" -> "seal-snapshot";
            case "sync-chunk" -> "seal-staging";
            case "map-chunk" -> "seal-shadow";
            default -> function;
        };
    }

    private static String chunksOf(String function) {
        return switch (function) {
            case "seal-snapshot" -> "snapshot";
            case "seal-staging" -> "sync";
            case "seal-shadow" -> "map";
            default -> null;
        };
    }

    private void requireNamed() {
        assertThat(flight.ended()).isTrue();
        if (flight.raised() != null) {
            assertThat(flight.raised()).as("%s", flight).isInstanceOf(ResyncException.class);
        }
    }

    private void requireNothingLeft() {
        fixture.clock().pass(Duration.ofMinutes(61));
        fixture.call("reconcile", NullNode.getInstance());
        assertThat(run.run().state()).isEqualTo(RunState.CLOSED);
        assertThat(fixture.context().locks().heldBy(run.runId())).isEmpty();
        List<String> beside =
                fixture.context().store().collectionNames(fixture.database(), RunCollection.prefixOfAll());
        assertThat(beside).as("beside live after %s", flight).isEmpty();
        assertThat(fixture.context().store().collectionNames("resync", RunCollection.prefixOfAll()))
                .as("after %s", flight)
                .hasSize((int) fixture.context().snapshots().all().stream()
                        .mapToLong(snapshot -> snapshot.targets().size())
                        .sum());
    }
}
