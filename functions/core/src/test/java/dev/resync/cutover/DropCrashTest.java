package dev.resync.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.resync.cutover.CutOverCrashTest.Fault;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.FaultyMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restore of two targets, one of which is dropped, whose cut-over fails at every single write in turn. */
class DropCrashTest {

    private static final int MORE_THAN_ALL = 40;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final FaultyMongo faulty = new FaultyMongo(MONGO.client());
    private RunFixture fixture;
    private RunDriver restore;
    private ContentHash oldPersons;
    private List<ContentHash> published;

    @ParameterizedTest
    @EnumSource
    void goesOnWhenCalledAgain(Fault fault) {
        int write = 0;
        while (failsAt(write, fault)) {
            restore.step("cut-over");
            restore.step("finish");
            assertThat(restore.run().ending())
                    .as("%s at write %d", fault, write)
                    .isEqualTo(Ending.RESTORED);
            assertRestored(fault, write);
            write++;
        }
        assertThat(write).as("writes of a cut-over").isBetween(6, MORE_THAN_ALL - 1);
    }

    @ParameterizedTest
    @EnumSource
    void endsOldOrNewWhereItIsClosed(Fault fault) {
        int write = 0;
        boolean goneBack = false;
        boolean gone = false;
        while (failsAt(write, fault)) {
            Run closed = restore.closed(ExecutionStatus.FAILED);
            assertThat(closed.ending()).as("%s at write %d", fault, write).isIn(Ending.UNTOUCHED, Ending.RESTORED);
            if (closed.ending() == Ending.UNTOUCHED || closed.rollback()) {
                assertThat(fixture.live()).as("%s at write %d", fault, write).isEqualTo(published);
                goneBack |= closed.rollback();
            } else {
                assertRestored(fault, write);
                gone = true;
            }
            write++;
        }
        assertThat(goneBack).as("gone back from half of it").isTrue();
        assertThat(gone).as("ended with the drop").isTrue();
    }

    private boolean failsAt(int write, Fault fault) {
        MONGO.empty();
        fixture =
                new RunFixture(MONGO.client(), faulty.client(), false).filled(3).without("nameView");
        oldPersons = fixture.live("personView");
        Run run = fixture.execute().toEnd();
        published = fixture.live();
        restore = fixture.restore(run.snapshot()).upTo("cut-over");
        faulty.failAt(write, fault.after(), fault.failure());
        catchThrowable(() -> restore.step("cut-over"));
        return faulty.heal();
    }

    private void assertRestored(Fault fault, int write) {
        assertThat(fixture.exists("nameView"))
                .as("%s at write %d", fault, write)
                .isFalse();
        assertThat(fixture.live("personView"))
                .as("%s at write %d", fault, write)
                .isEqualTo(oldPersons);
    }
}
