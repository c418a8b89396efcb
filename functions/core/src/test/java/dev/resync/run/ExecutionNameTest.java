package dev.resync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExecutionNameTest {

    private static final Instant NOW = Instant.parse("2026-01-31T02:00:59Z");

    @Test
    void saysWhereWhatAndWhen() {
        assertThat(ExecutionName.of("prod", "revalidation", NOW, new Random(1)))
                .matches("prod-revalidation-20260131T0200-[0-9a-f]{8}");
    }

    @Test
    void isNeverTooLong() {
        String name = ExecutionName.of("e".repeat(20), "p".repeat(40), NOW, new Random(1));
        assertThat(name).hasSize(ExecutionName.LONGEST).matches("e{20}-p{36}-20260131T0200-[0-9a-f]{8}");
    }

    @Test
    void tellsTwoOfOneMinuteApart() {
        Random random = new Random(1);
        assertThat(ExecutionName.of("a", "b", NOW, random)).isNotEqualTo(ExecutionName.of("a", "b", NOW, random));
    }
}
