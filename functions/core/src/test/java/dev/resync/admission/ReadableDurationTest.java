package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableDurationTest {

    @ParameterizedTest
    @CsvSource({
        "PT6M, 6 minutes",
        "PT24H, 24 hours",
        "PT1H, 1 hour",
        "PT1H30M, 1 hour 30 minutes",
        "PT1M1S, 1 minute 1 second",
        "PT8760H, 8760 hours",
        "PT0.9S, 0 seconds"
    })
    void namesWhatThereIs(Duration duration, String expected) {
        assertThat(ReadableDuration.of(duration)).isEqualTo(expected);
    }
}
