package dev.resync.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.notification.ChatMessage;
import dev.resync.notification.Notification;
import dev.resync.notification.NotificationFormat;
import dev.resync.notification.Notifications;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * Sends notifications to a topic of Amazon SNS: as text to people, as JSON to programs, and over HTTPS as a chat takes them where
 * that was asked for.
 */
final class SnsNotifications implements Notifications {

    private static final Logger LOG = Logger.getLogger(SnsNotifications.class);
    /** Subscribers that are programs; all others get the text. */
    private static final List<String> PROGRAMS = List.of("http", "https", "lambda", "sqs", "firehose");
    /** Most that SNS takes for a subject, which must be printable ASCII. */
    private static final int LONGEST_SUBJECT = 99;

    private static final int LONGEST_TEXT = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SnsClient client;
    private final String topic;
    private final NotificationFormat format;

    /**
     * @param topic ARN of the topic
     * @param format how subscribers over HTTPS get it
     */
    SnsNotifications(SnsClient client, String topic, NotificationFormat format) {
        this.client = client;
        this.topic = topic;
        this.format = format;
    }

    @Override
    public void send(Notification notification) {
        try {
            client.publish(request -> request.topicArn(topic)
                    .subject(subject(notification))
                    .messageStructure("json")
                    .message(message(notification))
                    .messageAttributes(Map.of(
                            "kind", text(notification.kind().name()),
                            "environment", text(notification.environment()),
                            "environmentKind", text(notification.environmentKind())))
                    .overrideConfiguration(override -> override.apiCallTimeout(PATIENCE)));
        } catch (SdkException e) {
            LOG.warnf("notification %s of run %s was not delivered: %s", notification.kind(), notification.runId(), e);
        }
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** Returns what SNS takes: one line of printable ASCII that begins with a letter, a digit or a bracket. */
    static String subject(Notification notification) {
        String ascii = notification.subject().replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.length() <= LONGEST_SUBJECT ? ascii : ascii.substring(0, LONGEST_SUBJECT - 3) + "...";
    }

    private String message(Notification notification) {
        String text = notification.text();
        ObjectNode message = ControlJson.mapper().createObjectNode();
        message.put("default", text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " ...");
        String json = ControlJson.mapper().valueToTree(notification).toString();
        PROGRAMS.forEach(protocol -> message.put(protocol, json));
        if (format != NotificationFormat.TEXT) {
            // Amazon Q Developer in chat applications subscribes over HTTPS.
            message.put("https", ChatMessage.of(notification, format));
        }
        return message.toString();
    }
}
