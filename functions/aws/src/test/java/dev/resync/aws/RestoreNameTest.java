package dev.resync.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestoreNameTest {

    private static final String LONGEST_RUN =
            "pre-production-three-a-plan-whose-name-is-as-long-as-it-may-be-20260301T090000-0123456789";
    private static final String LONGEST_ATTEMPT = Long.MAX_VALUE + "-" + Long.MAX_VALUE;

    @Test
    void aShortNameIsRunAndAttempt() {
        assertThat(RestoreName.of("test-revalidation-20260301T090000-0123456789", "2-17"))
                .isEqualTo("test-revalidation-20260301T090000-0123456789-2-17");
    }

    @Test
    void aLongNameKeepsEnvironmentShortIdAndAttempt() {
        assertThat(RestoreName.of(LONGEST_RUN, LONGEST_ATTEMPT))
                .hasSize(80)
                .startsWith("pre-production-three-")
                .endsWith("-0123456789-" + LONGEST_ATTEMPT);
        assertThat(RestoreName.of(LONGEST_RUN, "2-17"))
                .hasSize(80)
                .endsWith("20260301T090000-0123456789-2-17")
                .isNotEqualTo(RestoreName.of(LONGEST_RUN, "2-18"));
    }

    @Test
    void charactersThatStepFunctionsRefusesAreReplaced() {
        assertThat(RestoreName.of("a run:é/1", "2 17")).isEqualTo("a-run---1-2-17");
    }
}
