package dev.resync.status;

import dev.resync.status.Eta.From;
import dev.resync.status.StageStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Adds up what is left of a run's stages. */
final class EtaCount {

    private static final double MILLIS = 1000;

    private EtaCount() {}

    /** Returns when the last stage is expected to end; null where a stage that is not done says nothing of it. */
    static Eta of(List<StageStatus> stages, Instant now) {
        List<StageStatus> left =
                stages.stream().filter(stage -> stage.state() != State.DONE).toList();
        if (left.isEmpty() || left.stream().anyMatch(stage -> stage.remainingSeconds() == null)) {
            return null;
        }
        double seconds =
                left.stream().mapToDouble(StageStatus::remainingSeconds).sum();
        boolean own = left.get(0).done() > 0;
        boolean earlier = left.size() > 1 || !own;
        return new Eta(
                now.plus(Duration.ofMillis(Math.round(seconds * MILLIS))),
                seconds,
                !own ? From.EARLIER_RUNS : earlier ? From.BOTH : From.THIS_RUN);
    }
}
