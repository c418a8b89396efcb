package dev.resync.notification;

import java.util.regex.Pattern;

/**
 * Writes text so that a chat shows it as it is. People write reasons and databases write errors, and neither may call a channel
 * together, offer a link or dress up as something else.
 */
enum ChatText {

    /**
     * Slack's mrkdwn: three characters are entities, which takes mentions and links their angle brackets. It has no way to
     * escape formatting, so that those characters are replaced by others that look alike.
     */
    SLACK {
        @Override
        String formatted(String text) {
            return entities(text)
                    .replace('*', '\u2217')
                    .replace('_', '\u02cd')
                    .replace('~', '\u223c')
                    .replace('`', '\u02cb');
        }
    },

    /** Markdown as Teams reads it: formatting is escaped by a backslash, tags are entities. */
    TEAMS {
        @Override
        String formatted(String text) {
            return entities(MARKDOWN.matcher(text).replaceAll("\\\\$0"));
        }
    };

    private static final Pattern MARKDOWN = Pattern.compile("[\\\\`*_\\[\\]()#~|!]");
    /** What chats make links and mentions of without any markup. */
    private static final Pattern LIVE = Pattern.compile("@|:(?=//)|(?i:www(?=\\.)|mailto(?=:))");

    /** Stands where nothing is seen and keeps words apart. */
    private static final String SEAM = "\u200b";

    /** Returns one line for this chat. */
    String escaped(String line) {
        return formatted(LIVE.matcher(line).replaceAll("$0" + SEAM));
    }

    abstract String formatted(String text);

    private static String entities(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
