package dev.resync.close;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.ExecutionStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same close called twice, as after an answer that was lost. */
class CloseRunReplayTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @Test
    void asksForTheRestoreAgain() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(10);
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> run.step("cut-over"));
        run.ended(ExecutionStatus.ABORTED);
        String by = fixture.newExecution();
        JsonNode first = fixture.close(run.execution(), by);
        JsonNode again = fixture.close(run.execution(), by);
        assertThat(first.get("outcome").textValue()).isEqualTo("RESTORE");
        assertThat(again).isEqualTo(first);
    }

    @Test
    void saysAgainThatTheRunIsClosed() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(10);
        RunDriver run = fixture.execute().upTo("seal-staging");
        run.ended(ExecutionStatus.ABORTED);
        String by = fixture.newExecution();
        JsonNode first = fixture.close(run.execution(), by);
        assertThat(first.get("ending").textValue()).isEqualTo("UNTOUCHED");
        assertThat(fixture.close(run.execution(), by)).isEqualTo(first);
    }
}
