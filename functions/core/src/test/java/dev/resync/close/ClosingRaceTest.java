package dev.resync.close;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.DatabaseFailed;
import dev.resync.error.RunClosed;
import dev.resync.error.RunSuspended;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.run.AuditTrail;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.RunState;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls in flight beside the end of their run. */
class ClosingRaceTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void fill() {
        MONGO.empty();
        fixture = new RunFixture(MONGO.client()).filled(20);
    }

    /** The cut-over has passed its permit, and then its execution fails and the run is suspended. */
    @Test
    void aCutOverInFlightIsBarredWhileItsRunIsSuspended() {
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        AtomicBoolean once = new AtomicBoolean();
        fixture.plans().onLoad(() -> {
            if (once.compareAndSet(false, true)) {
                reached.countDown();
                Stops.await(goOn);
            }
        });
        try (Background<JsonNode> cutOver =
                Background.start(() -> fixture.stagesOf("1.0").call("cut-over", run.event()))) {
            Stops.await(reached);
            assertThat(run.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
            goOn.countDown();
            assertThat(cutOver.raised()).isInstanceOf(RunSuspended.class);
        }
        assertThat(fixture.live()).isEqualTo(before);
        run.closed(ExecutionStatus.FAILED);
        assertThat(run.run().state()).as("may still be resumed").isEqualTo(RunState.SUSPENDED);
    }

    /** The journal is written, and then the execution fails: such a run is closed, not suspended. */
    @Test
    void aRunWhoseCutOverHasBegunIsClosedNotSuspended() {
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().waitAt("cut-over:planned", reached, goOn);
        try (Background<JsonNode> cutOver = Background.start(() -> run.step("cut-over"))) {
            Stops.await(reached);
            assertThat(run.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.UNTOUCHED);
            goOn.countDown();
            assertThat(cutOver.raised()).isInstanceOf(RunClosed.class);
        }
        assertThat(fixture.live()).isEqualTo(before);
    }

    @RepeatedTest(20)
    void twoFinishesAtOnceBothSayHowTheRunEnded() {
        // The embedded server loses its head where two clients drop one collection at once.
        RunDriver run = fixture.execute()
                .upTo("finish")
                .repeating(error -> error instanceof DatabaseFailed
                        && (error.getMessage().contains("Unknown error")
                                || error.getMessage().contains("index not found with name [_id_]")));
        try (Background<JsonNode> first = Background.start(() -> run.step("finish"));
                Background<JsonNode> second = Background.start(() -> run.step("finish"))) {
            assertThat(first.result()).isEqualTo(second.result());
        }
        assertThat(run.run().ending()).isEqualTo(Ending.CUT_OVER);
    }

    /** A closing stands still while another one ends the run and cleans up: what it then misses is no reason for an alarm. */
    @Test
    void aClosingThatComesSecondRaisesNoAlarm() {
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:nameView");
        try {
            run.step("cut-over");
        } catch (Stops.Died died) {
            run.ended(ExecutionStatus.FAILED);
        }
        fixture.stops().waitAt("close:after-move:nameView", reached, goOn);
        try (Background<JsonNode> slow =
                Background.start(() -> fixture.close(run.execution(), fixture.newExecution()))) {
            Stops.await(reached);
            assertThat(run.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.UNTOUCHED);
            goOn.countDown();
            assertThat(slow.result().get("outcome").textValue()).isEqualTo("CLOSED");
        }
        assertThat(fixture.context().audit().all())
                .extracting(AuditTrail.Entry::event)
                .doesNotContain("ALARM");
    }
}
