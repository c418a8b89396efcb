package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Measures what one call of each function gets done, for the defaults of {@code resync estimate}; no part of the suite. One call at a
 * time, database and functions on one machine; of several runs the shortest time of each function, as far as other programs disturb it.
 *
 * <p>{@code ./mvnw -B -ntp -pl local/cli -am test -Dtest=RatesMeasurement -Dsurefire.failIfNoSpecifiedTests=false}
 */
class RatesMeasurement {

    private static final int DOCTORS = 15_000;
    private static final int RUNS = 4;

    private final Map<String, Duration> shortest = new TreeMap<>();

    @Test
    void rates() {
        try (Rehearsal rehearsal = new Rehearsal(DOCTORS)) {
            Run run = measured(rehearsal);
            for (int i = 1; i < RUNS; i++) {
                run = measured(rehearsal);
            }

            long sources = 0;
            for (JsonNode source : run.receipt().path("sources")) {
                sources += source.path("read").longValue();
            }
            long live = run.stages().get("snapshot-chunk").documents();
            long bundles = run.stages().get("map-chunk").documents();
            long views = run.verdict().shadows().values().stream()
                    .mapToLong(shadow -> shadow.documents())
                    .sum();
            show("snapshot-chunk", live);
            show("sync-chunk", sources);
            show("map-chunk", bundles);
            show("seal-snapshot", 2 * live);
            show("seal-shadow", views);
            show("pre-cut-over", live);
            show("verify", live + views);
            System.out.println("a document of masterDoctorView: " + bytes(rehearsal));
        }
    }

    private Run measured(Rehearsal rehearsal) {
        Map<String, Duration> taken = new TreeMap<>();
        rehearsal.calls.set((function, payload, call) -> {
            long begun = System.nanoTime();
            JsonNode answer = call.get();
            taken.merge(function, Duration.ofNanos(System.nanoTime() - begun), Duration::plus);
            return answer;
        });
        Run run = rehearsal.finished(rehearsal.platform.startResync(
                null,
                rehearsal
                        .request("EXECUTE")
                        .put("confirm", rehearsal.confirmation())
                        .put("concurrency", 1)
                        .put("chunkDocuments", DOCTORS)));
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        taken.forEach((function, duration) ->
                shortest.merge(function, duration, (one, other) -> one.compareTo(other) < 0 ? one : other));
        return run;
    }

    private void show(String function, long documents) {
        double seconds = shortest.get(function).toMillis() / 1000.0;
        System.out.printf(
                "%-15s %,10d documents in %5.1f s, %,10.0f a second%n",
                function, documents, seconds, documents / seconds);
    }

    private static String bytes(Rehearsal rehearsal) {
        return rehearsal.platform.context().store().size(Rehearsal.MASTER).averageBytes() + " bytes";
    }
}
