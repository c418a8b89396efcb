package dev.resync.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoException;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
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
import dev.resync.store.ServerError;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A restore that drops a target and is late: it must not take away what a later run has created under that name. */
class DropFenceTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final AtomicInteger metATakenName = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void lateCallFindsTheNameTakenByTheClosing() {
        RunFixture fixture = withoutNameView();
        RunDriver restore = restore(fixture);
        fixture.stops().waitAt("cut-over:before-rename:nameView", reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> restore.step("cut-over"))) {
            Stops.await(reached);
            assertThat(restore.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
            assertChangesNothing(fixture, late);
        }
    }

    @Test
    void doubledCallFindsTheNameTakenByTheOther() {
        RunFixture fixture = withoutNameView();
        RunDriver restore = restore(fixture);
        fixture.stops().waitAt("cut-over:before-rename:nameView", reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> restore.step("cut-over"))) {
            Stops.await(reached);
            assertThat(restore.toEnd().ending()).isEqualTo(Ending.RESTORED);
            assertThat(fixture.exists("nameView")).isFalse();
            assertChangesNothing(fixture, late);
        }
    }

    @Test
    void lateCallOfARollBackFindsTheNameTaken() {
        RunFixture fixture = withoutNameView();
        RunDriver run = fixture.execute().through("cut-over").ended(ExecutionStatus.ABORTED);
        String by = fixture.newExecution();
        RunDriver rollback =
                run.rollback(fixture.close(run.execution(), by), by).upTo("cut-over");
        fixture.stops().waitAt("cut-over:before-rename:nameView", reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> rollback.step("cut-over"))) {
            Stops.await(reached);
            fixture.executions().set(by, ExecutionStatus.TIMED_OUT);
            assertThat(rollback.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.RESTORED);
            assertThat(fixture.exists("nameView")).isFalse();
            assertChangesNothing(fixture, late);
        }
    }

    @Test
    void lateCallThatHadDroppedGoesNoFurther() {
        RunFixture fixture = withoutNameView();
        RunDriver restore = restore(fixture);
        fixture.stops().waitAt("cut-over:after-rename:nameView", reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> restore.step("cut-over"))) {
            Stops.await(reached);
            restore.closed(ExecutionStatus.ABORTED);
            fixture.execute().toEnd();
            List<ContentHash> published = fixture.live();
            goOn.countDown();
            assertThat(late.raised()).isInstanceOf(RunClosed.class);
            assertThat(metATakenName).hasValue(0);
            assertThat(fixture.live()).isEqualTo(published);
        }
    }

    /** The indexes that expire documents come to live last, and an index creates its collection. */
    @Test
    void lateClosingOfAnEarlierRunDoesNotCreateTheTargetAgain() {
        RunFixture fixture = withoutNameView();
        String before = fixture.execute().toEnd().snapshot();
        fixture.collection("nameView")
                .createIndex(Indexes.ascending("label"), new IndexOptions().expireAfter(1L, TimeUnit.DAYS));
        RunDriver earlier = fixture.execute().upTo("finish");
        fixture.stops().waitAt("close:decided", reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> earlier.step("finish"))) {
            Stops.await(reached);
            assertThat(earlier.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
            assertThat(fixture.restore(before).toEnd().ending()).isEqualTo(Ending.RESTORED);
            goOn.countDown();
            assertThat(late.raised()).isNull();
            assertThat(fixture.exists("nameView")).isFalse();
        }
    }

    @Test
    void twoCallsAtOnceDropOnce() {
        RunFixture fixture = withoutNameView();
        RunDriver restore = restore(fixture);
        CountDownLatch both = new CountDownLatch(2);
        Runnable meet = () -> {
            both.countDown();
            Stops.await(both);
        };
        fixture.stops().doAt("cut-over:before-rename:nameView", () -> {
            fixture.stops().doAt("cut-over:before-rename:nameView", meet);
            meet.run();
        });
        try (Background<JsonNode> one = Background.start(() -> restore.step("cut-over"));
                Background<JsonNode> two = Background.start(() -> restore.step("cut-over"))) {
            assertThat(one.result()).isEqualTo(two.result());
        }
        assertThat(fixture.exists("nameView")).isFalse();
        assertThat(restore.toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.displaced()).hasSize(1);
    }

    /** Another run creates the target again; then the late call goes on. */
    private void assertChangesNothing(RunFixture fixture, Background<JsonNode> late) {
        Run next = fixture.execute().toEnd();
        assertThat(next.ending()).isEqualTo(Ending.CUT_OVER);
        List<ContentHash> published = fixture.live();
        goOn.countDown();
        assertThat(late.raised()).isInstanceOf(RunClosed.class);
        assertThat(fixture.exists("nameView")).isTrue();
        assertThat(fixture.live()).isEqualTo(published);
        assertThat(metATakenName).hasValue(1);
    }

    private static RunDriver restore(RunFixture fixture) {
        return fixture.restore(fixture.execute().toEnd().snapshot()).upTo("cut-over");
    }

    private RunFixture withoutNameView() {
        CommandListener renames = new CommandListener() {
            @Override
            public void commandFailed(CommandFailedEvent event) {
                if (event.getCommandName().equals("renameCollection")
                        && event.getThrowable() instanceof MongoException refused
                        && ServerError.NAMESPACE_EXISTS.is(refused)) {
                    metATakenName.incrementAndGet();
                }
            }
        };
        return new RunFixture(MONGO.client(), MONGO.newClient("", renames), false)
                .filled(5)
                .without("nameView");
    }
}
