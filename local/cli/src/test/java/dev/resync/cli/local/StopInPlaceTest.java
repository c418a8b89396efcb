package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.TransitionListener.Direction;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that writes to live in place, by the state machine: whole, stopped anywhere on the way, and taken back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StopInPlaceTest {

    private static final int CHUNK_DOCUMENTS = 200;

    private Rehearsal rehearsal;
    private Map<String, ContentHash> old;

    @BeforeAll
    void seed(@TempDir Path folder) throws IOException {
        rehearsal = new Rehearsal(600, false, Rehearsal.inPlace(folder));
        old = rehearsal.live();
    }

    @AfterAll
    void close() {
        rehearsal.close();
    }

    @ParameterizedTest
    @CsvSource({"CutOver, 1", "CutOverDone, 1", "ApplyChunks, 1", "ApplyChunk, 1", "ApplyChunk, 4", "CutOver, 2"})
    void aStopBringsBackWhatWas(String state, int time) {
        AtomicInteger entered = new AtomicInteger();
        rehearsal.transitions.set(transition -> {
            if (transition.direction() == Direction.ENTERED
                    && transition.state().equals(state)
                    && transition.stateMachineArn().startsWith(rehearsal.platform.resyncMachine())
                    && entered.incrementAndGet() == time) {
                rehearsal.stop();
            }
        });
        String execution = execute();
        assertThat(rehearsal.settled(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
        rehearsal.calm();
        assertThat(rehearsal.finished(execution).ending()).isIn(Ending.UNTOUCHED, Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    @Test
    void theNewViewIsPublishedAndTakenBack() {
        Run run = rehearsal.finished(execute());
        assertThat(run.ending()).as("%s %s", run.state(), run.error()).isEqualTo(Ending.CUT_OVER);
        assertThat(run.receipt().at("/cutOver/changes"))
                .extracting(change -> change.path("change").textValue())
                .containsExactly("WRITTEN", "WRITTEN");
        assertThat(run.receipt().at("/cutOver/windowSeconds").isNumber()).isTrue();
        assertThat(run.stages()).containsKey("apply-chunk");
        assertThat(rehearsal.live()).isNotEqualTo(old);
        JsonNode request = rehearsal.restoreRequest(run.snapshot());
        Run restore = rehearsal.finished(rehearsal.platform.startRestore(null, request));
        assertThat(restore.ending()).isEqualTo(Ending.RESTORED);
        assertThat(restore.stages()).containsKey("apply-chunk");
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    private String execute() {
        return rehearsal.platform.startResync(
                null,
                rehearsal
                        .request("EXECUTE")
                        .put("chunkDocuments", CHUNK_DOCUMENTS)
                        .put("confirm", rehearsal.confirmation()));
    }
}
