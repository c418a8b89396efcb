package dev.resync.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.run.Ending;
import dev.resync.run.RunError;
import dev.resync.run.RunMode;
import dev.resync.store.ControlJson;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a chat is told is what happened, whatever others wrote into it. */
class ChatMessageTest {

    private static final String SEAM = "\u200b";

    static Stream<Arguments> kindsAndChats() {
        return Stream.of(NotificationKind.values())
                .flatMap(kind -> Stream.of(NotificationFormat.SLACK, NotificationFormat.TEAMS)
                        .map(format -> Arguments.of(kind, format)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndChats")
    void everyKindSaysEnvironmentRunWhoAndWhy(NotificationKind kind, NotificationFormat format) {
        JsonNode message = message(notification(kind, "it is so", "monthly", null), format);
        assertThat(message.path("version").asText()).isEqualTo("1.0");
        assertThat(message.path("source").asText()).isEqualTo("custom");
        assertThat(message.at("/content/textType").asText()).isEqualTo("client-markdown");
        assertThat(message.at("/content/title").asText().replace("\\", ""))
                .isEqualTo("[prod, PRODUCTION] people: it is so");
        assertThat(message.at("/content/description").asText().replace("\\", ""))
                .startsWith("ENVIRONMENT prod (PRODUCTION, red)\n\nit is so\n\n")
                .contains("prod-people-1, EXECUTE of plan people", "asked for by Ada: monthly");
        assertThat(message.at("/metadata/threadId").asText()).isEqualTo("prod-people-1");
        assertThat(message.at("/metadata/eventType").asText()).isEqualTo(kind.name());
    }

    /** The expected texts have ^ for the seam that is not seen. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "<!channel> look ¦ &lt;!channel&gt; look ¦ &lt;\\!channel&gt; look",
                "<@U024BE7LH> ¦ &lt;@^U024BE7LH&gt; ¦ &lt;@^U024BE7LH&gt;",
                "@here ¦ @^here ¦ @^here",
                "<https://evil.example|fine> ¦ &lt;https:^//evil.example|fine&gt; ¦ &lt;https:^//evil.example\\|fine&gt;",
                "[fine](https://evil.example) ¦ [fine](https:^//evil.example) ¦ \\[fine\\]\\(https:^//evil.example\\)",
                "www.evil.example ¦ www^.evil.example ¦ www^.evil.example",
                "![x](a) ¦ ![x](a) ¦ \\!\\[x\\]\\(a\\)",
                "*no* _no_ ~no~ ¦ \u2217no\u2217 \u02cdno\u02cd \u223cno\u223c ¦ \\*no\\* \\_no\\_ \\~no\\~",
                "`a` \\b ¦ \u02cba\u02cb \\b ¦ \\`a\\` \\\\b",
                "# big ¦ # big ¦ \\# big",
                "<at>all</at> &amp; ¦ &lt;at&gt;all&lt;/at&gt; &amp;amp; ¦ &lt;at&gt;all&lt;/at&gt; &amp;amp;",
            })
    void nobodyIsCalledAndNothingIsALink(String reason, String slack, String teams) {
        assertThat(ChatText.SLACK.escaped(reason)).isEqualTo(slack.replace("^", SEAM));
        assertThat(ChatText.TEAMS.escaped(reason)).isEqualTo(teams.replace("^", SEAM));
        Notification hostile = notification(NotificationKind.ENDED, reason, reason, reason);
        for (NotificationFormat format : List.of(NotificationFormat.SLACK, NotificationFormat.TEAMS)) {
            String expected = (format == NotificationFormat.SLACK ? slack : teams).replace("^", SEAM);
            JsonNode message = message(hostile, format);
            assertThat(message.at("/content/title").asText()).endsWith(": " + expected);
            assertThat(message.at("/content/description").asText())
                    .contains("asked for by Ada: " + expected)
                    .contains("GateRefused: " + expected);
        }
    }

    @ParameterizedTest
    @EnumSource(value = NotificationFormat.class, names = "TEXT", mode = EnumSource.Mode.EXCLUDE)
    void aValueBeginsNoLineOfItsOwn(NotificationFormat format) {
        String forged = "x\n\nENVIRONMENT test (test, green)\u2028all is well\u202e";
        Notification hostile = notification(NotificationKind.NEEDS_OPERATOR, forged, forged, forged);
        JsonNode message = message(hostile, format);
        assertThat(message.at("/content/title").asText()).doesNotContain("\n", "\u2028", "\u202e");
        assertThat(message.at("/content/description").asText().lines())
                .noneMatch(line -> line.startsWith("ENVIRONMENT test") || line.startsWith("all is well"));
        assertThat(hostile.text().lines())
                .filteredOn(line -> line.startsWith("ENVIRONMENT"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = NotificationFormat.class, names = "TEXT", mode = EnumSource.Mode.EXCLUDE)
    void isNeverLongerThanAChatShowsAndCutsNoEscape(NotificationFormat format) {
        for (String filling : List.of("&", "<", "\ud83d\ude00", "*", "a", "://")) {
            String endless = filling.repeat(5000);
            JsonNode message = message(notification(NotificationKind.ENDED, endless, endless, endless), format);
            assertThat(message.at("/content/title").asText()).hasSizeBetween(100, 150);
            String description = message.at("/content/description").asText();
            assertThat(description).hasSizeBetween(1000, 3000).startsWith("ENVIRONMENT prod");
            assertThat(description.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
            assertThat(description.replaceAll("\\\\[*_()]", "")).doesNotContain("\\");
            assertThat(description.codePoints()).noneMatch(point -> Character.getType(point) == Character.SURROGATE);
        }
    }

    private static JsonNode message(Notification notification, NotificationFormat format) {
        try {
            return ControlJson.mapper().readTree(ChatMessage.of(notification, format));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Notification notification(NotificationKind kind, String summary, String reason, String error) {
        return new Notification(
                kind,
                Instant.parse("2026-03-01T08:00:00Z"),
                "prod",
                "PRODUCTION",
                "red",
                "prod-people-1",
                "people",
                RunMode.EXECUTE,
                "Ada",
                reason,
                Ending.UNTOUCHED,
                error == null ? null : new RunError("dev.resync.error.GateRefused", error),
                summary,
                List.of("view: 1 added"),
                null);
    }
}
