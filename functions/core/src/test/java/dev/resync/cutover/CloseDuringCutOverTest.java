package dev.resync.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.RunClosed;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cut-over that is slow while its run is closed. */
class CloseDuringCutOverTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cut-over:before-rename:nameView",
                "cut-over:after-rename:nameView",
                "cut-over:before-rename:personView",
                "cut-over:after-rename:personView",
                "cut-over:complete"
            })
    void changesNothingAfterTheClose(String point) {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(20);
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().waitAt(point, reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> run.step("cut-over"))) {
            Stops.await(reached);
            Run closed = run.closed(ExecutionStatus.ABORTED);
            List<ContentHash> after = fixture.live();
            goOn.countDown();
            assertThat(late.raised()).isInstanceOf(RunClosed.class);
            assertThat(fixture.live()).isEqualTo(after).isEqualTo(before);
            assertThat(closed.ending())
                    .isEqualTo(point.equals("cut-over:before-rename:nameView") ? Ending.UNTOUCHED : Ending.RESTORED);
        }
    }

    @Test
    void isSeenByTheCloseWhereItHadNotWrittenItsJournalYet() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(20);
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch goOnClosing = new CountDownLatch(1);
        fixture.plans().onLoad(() -> {
            if (reached.getCount() > 0) {
                reached.countDown();
                Stops.await(goOn);
            }
        });
        fixture.stops().waitAt("close:before-move:nameView", closing, goOnClosing);
        String by = fixture.newExecution();
        try (Background<JsonNode> late = Background.start(() -> run.step("cut-over"))) {
            Stops.await(reached);
            run.ended(ExecutionStatus.ABORTED);
            try (Background<JsonNode> close = Background.start(() -> fixture.close(run.execution(), by))) {
                Stops.await(closing);
                goOn.countDown();
                Throwable raised = late.raised();
                goOnClosing.countDown();
                JsonNode answer = close.result();
                if (answer.get("outcome").textValue().equals("RESTORE")) {
                    run.rollback(answer, by).toEnd();
                }
                assertThat(run.run().ending()).isIn(Ending.UNTOUCHED, Ending.RESTORED);
                assertThat(fixture.live())
                        .as(
                                "live after the run ended %s; the late call raised %s",
                                run.run().ending(), raised)
                        .isEqualTo(before);
            }
        }
    }
}
