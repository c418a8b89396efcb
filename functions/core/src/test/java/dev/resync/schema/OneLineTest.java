package dev.resync.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.RequestInvalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t", "a\nb", "a\u001b[2Jb", "ada\u200b", "a\u202eb", "a\u2028b", "a\u0000b"})
    void whatIsNoLineOrHidesSomethingIsRefused(String text) {
        assertThatThrownBy(() -> OneLine.require("requestedBy", text, "Say who."))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageStartingWith("requestedBy ")
                .hasMessageEndingWith("Say who.");
    }

    @Test
    void aLineIsTakenAsItIs() {
        assertThat(OneLine.require("reason", "  Zoë – 月 \n", "")).isEqualTo("Zoë – 月");
        assertThat(OneLine.require("reason", "x".repeat(1000), "")).hasSize(1000);
        assertThatThrownBy(() -> OneLine.require("reason", "x".repeat(1001), ""))
                .hasMessageContaining("too long");
    }

    @Test
    void anyTextIsShownAsOneLine() {
        assertThat(OneLine.shown("a\n2026 APPROVED\u001b[2J\u200b"))
                .isEqualTo("a\\u000a2026 APPROVED\\u001b[2J\\u200b");
        assertThat(OneLine.shown("Zoë – 月")).isEqualTo("Zoë – 月");
        assertThat(OneLine.shown(null)).isNull();
    }
}
