package dev.resync.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.notification.Notification;
import dev.resync.notification.NotificationFormat;
import dev.resync.notification.NotificationKind;
import dev.resync.run.Ending;
import dev.resync.run.RunError;
import dev.resync.run.RunMode;
import dev.resync.store.ControlJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

class SnsNotificationsTest {

    private static final String TOPIC = "arn:aws:sns:eu-west-2:123456789012:prod-resync";
    private static final String PUBLISHED =
            "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>";

    private final FakeAws service = new FakeAws();
    private final SnsClient client = SnsClient.builder()
            .endpointOverride(service.endpoint())
            .region(Region.EU_WEST_2)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(override -> override.retryStrategy(strategy -> strategy.maxAttempts(1)))
            .build();
    private final SnsNotifications notifications = new SnsNotifications(client, TOPIC, NotificationFormat.TEXT);

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Test
    void peopleGetTextAndProgramsGetJson() throws Exception {
        service.answer(PUBLISHED);
        notifications.send(notification("EXECUTE ended UNTOUCHED"));
        JsonNode sent = service.asked().get(0).body();
        assertThat(sent.path("Action").asText()).isEqualTo("Publish");
        assertThat(sent.path("TopicArn").asText()).isEqualTo(TOPIC);
        assertThat(sent.path("Subject").asText()).isEqualTo("[prod, PRODUCTION] revalidation: EXECUTE ended UNTOUCHED");
        assertThat(sent.path("MessageStructure").asText()).isEqualTo("json");
        JsonNode message = ControlJson.mapper().readTree(sent.path("Message").asText());
        assertThat(message.path("default").asText()).isEqualTo("""
                ENVIRONMENT prod (PRODUCTION, red)
                EXECUTE ended UNTOUCHED
                run prod-revalidation-1, EXECUTE of plan revalidation
                asked for by Zoë: monthly
                  view: 1 added, 2 changed, 3 removed, 4 unchanged
                error dev.resync.error.GateRefused: shrink
                next aws stepfunctions start-execution""");
        JsonNode json = ControlJson.mapper().readTree(message.path("sqs").asText());
        assertThat(json.path("kind").asText()).isEqualTo("ENDED");
        assertThat(json.path("environment").asText()).isEqualTo("prod");
        assertThat(json.path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(message.path("lambda")).isEqualTo(message.path("sqs"));
        assertThat(sent.path("MessageAttributes.entry.1.Name").asText()).isIn("kind", "environment", "environmentKind");
    }

    @ParameterizedTest
    @EnumSource(value = NotificationFormat.class, names = "TEXT", mode = EnumSource.Mode.EXCLUDE)
    void aChatGetsItsOwnWordsOverHttpsAndNobodyElseDoes(NotificationFormat format) throws Exception {
        service.answer(PUBLISHED);
        new SnsNotifications(client, TOPIC, format).send(notification("EXECUTE ended UNTOUCHED"));
        JsonNode message = ControlJson.mapper()
                .readTree(service.asked().get(0).body().path("Message").asText());
        JsonNode chat = ControlJson.mapper().readTree(message.path("https").asText());
        assertThat(chat.path("source").asText()).isEqualTo("custom");
        assertThat(chat.at("/content/title").asText()).contains("prod, PRODUCTION");
        assertThat(message.path("default").asText()).startsWith("ENVIRONMENT prod (PRODUCTION, red)\n");
        assertThat(ControlJson.mapper()
                        .readTree(message.path("sqs").asText())
                        .path("kind")
                        .asText())
                .isEqualTo("ENDED");
    }

    @Test
    void aSubjectIsWhatTheServiceTakes() {
        String subject = SnsNotifications.subject(notification("Zoë\nwaits " + "x".repeat(200)));
        assertThat(subject)
                .startsWith("[prod, PRODUCTION] revalidation: Zo??waits xxx")
                .hasSizeLessThan(100)
                .endsWith("...");
    }

    @Test
    void whoCannotBeToldStopsNothing() {
        service.refuse("AuthorizationError");
        notifications.send(notification("started"));
        assertThat(service.asked()).hasSize(1);
    }

    private static Notification notification(String summary) {
        return new Notification(
                NotificationKind.ENDED,
                Instant.parse("2026-03-01T08:00:00Z"),
                "prod",
                "PRODUCTION",
                "red",
                "prod-revalidation-1",
                "revalidation",
                RunMode.EXECUTE,
                "Zoë",
                "monthly",
                Ending.UNTOUCHED,
                new RunError("dev.resync.error.GateRefused", "shrink"),
                summary,
                List.of("view: 1 added, 2 changed, 3 removed, 4 unchanged"),
                "aws stepfunctions start-execution");
    }
}
