package dev.resync.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.RequestInvalid;
import dev.resync.error.RunClosed;
import dev.resync.error.RunUnknown;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.pace.Throttle.Limit;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.run.AuditTrail.Entry;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may ask of the pace of a run, and what is kept of it. */
class PaceControlTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final Asked ADA = new Asked("Ada", null, "command-line", null, null, "the database is busy");
    private static final Asked GRACE = new Asked("Grace", "arn:grace", "api", null, null, "it is quiet again");

    private RunFixture fixture;
    private RunDriver run;

    @BeforeEach
    void begin() {
        fixture = new RunFixture(MONGO.client()).filled(40);
        run = fixture.execute();
    }

    private PaceControl control() {
        return control("test");
    }

    private PaceControl control(String environment) {
        return new PaceControl(fixture.context().runs(), fixture.context().audit(), fixture.clock(), environment);
    }

    private Entry lastAudit() {
        List<Entry> entries = fixture.context().audit().all();
        return entries.get(entries.size() - 1);
    }

    @Test
    void aHoldSaysWhoSinceAndWhy() {
        Run held = control().hold(run.runId(), ADA);
        assertThat(held.held()).isTrue();
        assertThat(run.run().pace().held())
                .isEqualTo(
                        new Hold("Ada", "the database is busy", fixture.clock().instant()));
        assertThat(lastAudit().event()).isEqualTo("HELD");
        assertThat(lastAudit().run()).isEqualTo(run.runId());
        assertThat(lastAudit().who()).isEqualTo("Ada");
        assertThat(lastAudit().via()).isEqualTo("command-line");
        assertThat(lastAudit().what()).isEqualTo("hold " + run.runId());
        assertThat(lastAudit().why()).isEqualTo("the database is busy");
    }

    @Test
    void theFirstHoldStays() {
        control().hold(run.runId(), ADA);
        Run still = control().hold(run.runId(), GRACE);
        assertThat(still.pace().held().who()).isEqualTo("Ada");
        assertThat(lastAudit().authenticatedAs()).isEqualTo("arn:grace");
        assertThat(lastAudit().detail()).contains("held by Ada");
    }

    @Test
    void whoIsAuthenticatedIsNamedSo() {
        assertThat(control().hold(run.runId(), GRACE).pace().held().who()).isEqualTo("arn:grace");
    }

    @Test
    void goingOnLeavesTheLimits() {
        control().throttle(run.runId(), new Throttle(new Limit(500), new Limit(2)), ADA);
        control().hold(run.runId(), ADA);
        Run free = control().release(run.runId(), GRACE);
        assertThat(free.held()).isFalse();
        assertThat(run.run().pace()).isEqualTo(new RunPace(null, 500, 2));
        assertThat(lastAudit().event()).isEqualTo("CONTINUED");
        assertThat(lastAudit().who()).isEqualTo("Grace");
    }

    @Test
    void aRunThatIsNotHeldStaysAsItIs() {
        assertThat(control().release(run.runId(), ADA).held()).isFalse();
    }

    @Test
    void limitsAreSetAndTakenAwayOneByOne() {
        control().throttle(run.runId(), new Throttle(new Limit(500), null), ADA);
        assertThat(run.run().pace()).isEqualTo(new RunPace(null, 500, null));
        control().throttle(run.runId(), new Throttle(null, new Limit(1)), ADA);
        assertThat(run.run().pace()).isEqualTo(new RunPace(null, 500, 1));
        assertThat(lastAudit().event()).isEqualTo("THROTTLED");
        assertThat(lastAudit().what()).isEqualTo("throttle to concurrency 1 " + run.runId());
        assertThat(lastAudit().detail()).isEqualTo("at most 500 documents a second, at most 1 chunks at once");
        control().throttle(run.runId(), new Throttle(new Limit(null), new Limit(null)), ADA);
        assertThat(run.run().pace()).isEqualTo(RunPace.FREE);
    }

    @ParameterizedTest
    @CsvSource({
        "0, , 'documentsPerSecond is 0; expected a whole number from 1 to 1000000'",
        "1000001, , 'documentsPerSecond is 1000001; expected'",
        ", 0, 'concurrency is 0; expected a whole number from 1 to 10'",
        ", 11, 'concurrency is 11; expected a whole number from 1 to 10'",
        ", , 'documentsPerSecond and concurrency are both missing'"
    })
    void aLimitOutOfItsRangeIsRefused(Integer documentsPerSecond, Integer concurrency, String expected) {
        Throttle throttle = new Throttle(
                documentsPerSecond == null ? null : new Limit(documentsPerSecond),
                concurrency == null ? null : new Limit(concurrency));
        assertThatThrownBy(() -> control().throttle(run.runId(), throttle, ADA))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("Nothing was changed");
        assertThat(run.run().pace()).isEqualTo(RunPace.FREE);
        assertThat(lastAudit().event()).isEqualTo("REFUSED");
        assertThat(lastAudit().detail())
                .startsWith("dev.resync.error.RequestInvalid: ")
                .contains(expected);
    }

    /** Of each of two sources a chunk holds as many. */
    @Test
    void aRateWithWhichNoChunkCouldBeDoneInTimeIsRefused() {
        run.closed(ExecutionStatus.ABORTED);
        RunDriver large = fixture.admit(fixture.request("DRY_RUN").put("chunkDocuments", 15_000));
        assertThatThrownBy(() -> control().throttle(large.runId(), new Throttle(new Limit(99), null), ADA))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("from 100 to")
                .hasMessageContaining("a chunk of 15000 documents of each of 2 collections");
        assertThat(control()
                        .throttle(large.runId(), new Throttle(new Limit(100), null), ADA)
                        .pace()
                        .documentsPerSecond())
                .isEqualTo(100);
    }

    @Test
    void whoAndWhyAreRequired() {
        assertThatThrownBy(() -> control().hold(run.runId(), new Asked("Ada", null, "command-line", null, null, " ")))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("reason is missing");
        assertThatThrownBy(
                        () -> control().release(run.runId(), new Asked(null, null, "command-line", null, null, null)))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("requestedBy is missing");
        assertThat(run.run().held()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hold", "continue", "throttle"})
    void aRunThatIsUnknownForeignOrClosedIsRefused(String what) {
        assertThatThrownBy(() -> ask(control(), what, "test-nothing")).isInstanceOf(RunUnknown.class);
        assertThat(lastAudit().run()).isNull();
        assertThatThrownBy(() -> ask(control("prod"), what, run.runId()))
                .isInstanceOf(EnvironmentMismatch.class)
                .hasMessageContaining("belongs to environment test; you named prod");
        assertThat(lastAudit().event()).isEqualTo("REFUSED");
        run.closed(ExecutionStatus.ABORTED);
        assertThatThrownBy(() -> ask(control(), what, run.runId()))
                .isInstanceOf(RunClosed.class)
                .hasMessageContaining("CLOSED and ended UNTOUCHED");
        assertThat(lastAudit().event()).isEqualTo("REFUSED");
        assertThat(run.run().pace()).isEqualTo(RunPace.FREE);
    }

    private static Run ask(PaceControl control, String what, String runId) {
        return switch (what) {
            case "hold" -> control.hold(runId, ADA);
            case "continue" -> control.release(runId, ADA);
            default -> control.throttle(runId, new Throttle(new Limit(500), null), ADA);
        };
    }

    @Test
    void aHoldAfterTheCutOverBeganIsRefused() {
        run.upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:nameView");
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(Stops.Died.class);
        assertThatThrownBy(() -> control().hold(run.runId(), ADA))
                .isInstanceOf(RunClosed.class)
                .hasMessageContaining("began its cut-over at")
                .hasMessageContaining("too late");
        assertThat(run.run().held()).isFalse();
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void aRunThatIsHeldAndStoppedIsClosed() {
        run.through("seal-snapshot");
        control().hold(run.runId(), ADA);
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.execute().toEnd().ending()).as("its locks are free").isEqualTo(Ending.CUT_OVER);
    }
}
