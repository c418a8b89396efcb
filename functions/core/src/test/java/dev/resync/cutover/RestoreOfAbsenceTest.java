package dev.resync.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A target that did not exist before: bringing the snapshot back leaves it empty, which readers cannot tell from absent. */
class RestoreOfAbsenceTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final List<String> takenAway = new CopyOnWriteArrayList<>();

    @Test
    void emptiesWhatTheRunCreated() {
        RunFixture fixture = withoutNameView();
        Run run = fixture.execute().toEnd();
        assertThat(fixture.live("nameView").documents()).isEqualTo(5);
        Run restore = fixture.restore(run.snapshot()).toEnd();
        assertThat(restore.ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live("nameView")).isEqualTo(ContentHash.EMPTY);
        assertThat(fixture.live("personView").documents()).isEqualTo(5);
    }

    @Test
    void emptiesWhatAnAbortedRunCreated() {
        RunFixture fixture = withoutNameView();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().doAt("cut-over:before-rename:personView", () -> run.ended(ExecutionStatus.ABORTED));
        run.step("cut-over");
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live("nameView")).isEqualTo(ContentHash.EMPTY);
        assertThat(fixture.live("personView").documents()).isEqualTo(5);
    }

    @Test
    void doesNotTouchTheViewOfALaterRun() {
        RunFixture fixture = withoutNameView();
        RunDriver restore =
                fixture.restore(fixture.execute().toEnd().snapshot()).upTo("cut-over");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        fixture.stops().waitAt("cut-over:after-rename:nameView", reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> restore.step("cut-over"))) {
            Stops.await(reached);
            restore.closed(ExecutionStatus.ABORTED);
            RunDriver next = fixture.execute();
            next.toEnd();
            List<ContentHash> published = fixture.live();
            takenAway.clear();
            goOn.countDown();
            late.raised();
            assertThat(takenAway).as("live collections renamed after the close").isEmpty();
            assertThat(fixture.live()).isEqualTo(published);
        }
    }

    private RunFixture withoutNameView() {
        CommandListener renames = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (event.getCommandName().equals("renameCollection")) {
                    String from =
                            event.getCommand().getString("renameCollection").getValue();
                    if (from.endsWith(".nameView")) {
                        takenAway.add(from);
                    }
                }
            }
        };
        RunFixture fixture = new RunFixture(MONGO.client(), MONGO.newClient("", renames), false).filled(5);
        fixture.collection("nameView").drop();
        return fixture;
    }
}
