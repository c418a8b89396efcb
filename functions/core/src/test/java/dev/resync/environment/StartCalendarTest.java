package dev.resync.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCalendarTest {

    private static final StartCalendar NIGHTS =
            new EnvironmentReader().read("""
                    {"name": "prod", "colour": "red", "kind": "production", "approval": "none", "maxConcurrency": 5,
                      "starts": {"console": {"who": ["*"]}}, "timeZone": "Europe/London",
                      "windows": [{"days": ["Friday", "Saturday"], "from": "22:00", "to": "04:00"}, {"from": "12:00", "to": "13:00"}],
                      "blackouts": [{"from": "2026-06-20T02:00", "to": "2026-06-20T03:00", "reason": "backup"}]}
                    """).calendar();

    /** The 19th of June 2026 is a Friday; London is an hour ahead of UTC then. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-06-19T20:59:59Z, false",
        "2026-06-19T21:00:00Z, true",
        "2026-06-19T23:30:00Z, true",
        "2026-06-20T00:59:59Z, true",
        "2026-06-20T01:00:00Z, false",
        "2026-06-20T01:59:59Z, false",
        "2026-06-20T02:00:00Z, true",
        "2026-06-20T02:59:59Z, true",
        "2026-06-20T03:00:00Z, false",
        "2026-06-21T02:59:59Z, true",
        "2026-06-22T02:59:59Z, false",
        "2026-06-21T21:30:00Z, false",
        "2026-06-18T02:00:00Z, false",
        "2026-06-18T11:00:00Z, true",
        "2026-06-18T11:59:59Z, true",
        "2026-06-18T12:00:00Z, false",
        "2026-12-18T12:59:59Z, true",
        "2026-12-18T13:00:00Z, false",
    })
    void opensAndCloses(Instant at, boolean open) {
        assertThat(NIGHTS.refusal(at).isEmpty()).isEqualTo(open);
    }

    @Test
    void saysWhenItIsOpen() {
        assertThat(NIGHTS.refusal(Instant.parse("2026-06-18T08:30:10Z")))
                .contains("it is 2026-06-18T09:30 Europe/London, and real runs may start from 22:00 to 04:00 FRIDAY,"
                        + " SATURDAY, or from 12:00 to 13:00 every day");
    }

    @Test
    void saysWhyThereIsABlackout() {
        assertThat(NIGHTS.refusal(Instant.parse("2026-06-20T01:30:00Z")))
                .contains("there is a blackout until 2026-06-20T03:00 Europe/London: backup");
    }
}
