package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.engine.FunctionError;
import dev.resync.error.RunHeld;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The state machines ask a function again for as long as its run is held, and do not take that for a failure. */
class HeldRunTest {

    private static final int DOCTORS = 1_000;
    /** Twice as often as anything else is tried again. */
    private static final int TIMES = 12;

    private static final Set<String> OBEY = Set.of(
            "snapshot-chunk",
            "seal-snapshot",
            "sync-chunk",
            "seal-staging",
            "map-chunk",
            "seal-shadow",
            "verify",
            "catch-up",
            "pre-cut-over",
            "cut-over",
            "restore-chunk");

    private final Rehearsal rehearsal = new Rehearsal(DOCTORS);
    private final Map<String, AtomicInteger> held = new ConcurrentHashMap<>();
    private final Set<String> functions = new ConcurrentSkipListSet<>();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private void holdEverything() {
        held.clear();
        rehearsal.calls.set((function, payload, call) -> {
            functions.add(function);
            boolean still = OBEY.contains(function)
                    && held.computeIfAbsent(function + payload, any -> new AtomicInteger())
                                    .getAndIncrement()
                            < TIMES;
            if (still) {
                throw new FunctionError(RunHeld.class.getName(), "held");
            }
            return call.get();
        });
    }

    @Test
    void everyFunctionOfARunIsAskedAgainUntilItGoesOn() {
        String confirmed = rehearsal.confirmation();
        assertThat(confirmed).isNotNull();
        holdEverything();
        Run run = rehearsal.finished(rehearsal.execute());
        assertThat(run.error()).isNull();
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        Instant least = run.startedAt().plus(Duration.ofSeconds(30L * TIMES * (OBEY.size() - 1)));
        assertThat(run.endedAt()).isAfterOrEqualTo(least);

        holdEverything();
        Run restored =
                rehearsal.finished(rehearsal.platform.startRestore(null, rehearsal.restoreRequest(run.snapshot())));
        assertThat(restored.error()).isNull();
        assertThat(restored.ending()).isEqualTo(Ending.RESTORED);

        Set<String> never = new TreeSet<>(OBEY);
        never.removeAll(functions);
        assertThat(never).isEmpty();
    }
}
