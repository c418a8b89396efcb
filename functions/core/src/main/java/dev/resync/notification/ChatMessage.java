package dev.resync.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.schema.OneLine;
import java.util.ArrayList;
import java.util.List;

/**
 * A notification as Amazon Q Developer in chat applications, the former AWS Chatbot, takes it: its schema of custom notifications,
 * version 1.0.
 */
public final class ChatMessage {

    /** Characters of a headline in Slack. */
    private static final int LONGEST_TITLE = 150;
    /** Characters of a section in Slack, escapes included. */
    private static final int LONGEST_DESCRIPTION = 3000;

    /** Characters that one character can become. */
    private static final int MOST_ESCAPED = 5;

    private static final String MORE = " …";

    private ChatMessage() {}

    /**
     * Returns the message as JSON.
     *
     * @param format not {@link NotificationFormat#TEXT}, for which there is no chat
     */
    public static String of(Notification notification, NotificationFormat format) {
        ChatText text =
                switch (format) {
                    case SLACK -> ChatText.SLACK;
                    case TEAMS -> ChatText.TEAMS;
                    case TEXT -> throw new IllegalArgumentException("text goes to no chat");
                };
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("version", "1.0").put("source", "custom");
        ObjectNode content = message.putObject("content").put("textType", "client-markdown");
        List<String> lines = notification.lines();
        String title = shortened(OneLine.shown(notification.subject()), text, LONGEST_TITLE);
        content.put("title", title);
        content.put("description", description(lines, text));
        ObjectNode metadata = message.putObject("metadata");
        // All that is said of one run is one thread, where the channel wants threads.
        metadata.put("threadId", notification.runId());
        metadata.put("summary", title);
        metadata.put("eventType", notification.kind().name());
        metadata.putObject("additionalContext")
                .put("environment", notification.environment())
                .put("runId", notification.runId());
        return message.toString();
    }

    /** Whole lines as far as they go: half a line may lack the very word that counts. */
    private static String description(List<String> lines, ChatText text) {
        // Two line ends: Markdown makes a space of one.
        String end = "\n\n";
        List<String> fitting = new ArrayList<>();
        int room = LONGEST_DESCRIPTION - MORE.length() - end.length();
        for (String line : lines) {
            String escaped = shortened(line.strip(), text, LONGEST_DESCRIPTION / 3);
            room -= escaped.length() + end.length();
            if (room < 0) {
                fitting.add(MORE.strip());
                break;
            }
            fitting.add(escaped);
        }
        return String.join(end, fitting);
    }

    /** Cuts before escaping, so that no escape is cut in two. */
    private static String shortened(String line, ChatText text, int longest) {
        String escaped = text.escaped(line);
        int points = line.codePointCount(0, line.length());
        while (escaped.length() > longest) {
            // At most as many characters too many as it is longer by, and at least one.
            points -= Math.max(1, (escaped.length() - longest) / MOST_ESCAPED);
            escaped = text.escaped(line.substring(0, line.offsetByCodePoints(0, points))) + MORE;
        }
        return escaped;
    }
}
