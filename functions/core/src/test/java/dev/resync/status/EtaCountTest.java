package dev.resync.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.status.Eta.From;
import dev.resync.status.StageStatus.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a run is expected to end, and what says so. */
class EtaCountTest {

    private static final Instant NOW = Instant.parse("2026-06-15T09:00:00Z");

    private static StageStatus stage(State state, int done, Double remaining) {
        return new StageStatus("any", state, 4, done, 0, null, null, null, null, remaining);
    }

    private static StageStatus done() {
        return stage(State.DONE, 4, 0.0);
    }

    @Test
    void theLastStageAtWorkSpeaksForItself() {
        Eta eta = EtaCount.of(List.of(done(), stage(State.WORKING, 2, 30.5)), NOW);
        assertThat(eta).isEqualTo(new Eta(NOW.plusMillis(30_500), 30.5, From.THIS_RUN));
    }

    @Test
    void stagesToComeAreAddedAsTheyUsuallyAre() {
        Eta eta = EtaCount.of(List.of(stage(State.WORKING, 1, 10.0), stage(State.WAITING, 0, 5.0)), NOW);
        assertThat(eta).isEqualTo(new Eta(NOW.plusSeconds(15), 15, From.BOTH));
    }

    @Test
    void beforeTheFirstChunkIsDoneEarlierRunsSpeak() {
        Eta eta = EtaCount.of(List.of(stage(State.WORKING, 0, 10.0), stage(State.WAITING, 0, 5.0)), NOW);
        assertThat(eta.from()).isEqualTo(From.EARLIER_RUNS);
        assertThat(EtaCount.of(List.of(stage(State.WORKING, 0, 10.0)), NOW).from())
                .isEqualTo(From.EARLIER_RUNS);
    }

    @Test
    void oneStageOfWhichNothingIsKnownLeavesTheEndOpen() {
        assertThat(EtaCount.of(List.of(stage(State.WORKING, 2, 10.0), stage(State.WAITING, 0, null)), NOW))
                .isNull();
    }

    @Test
    void whatIsDoneHasNoEndToCome() {
        assertThat(EtaCount.of(List.of(done(), done()), NOW)).isNull();
        assertThat(EtaCount.of(List.of(), NOW)).isNull();
    }
}
