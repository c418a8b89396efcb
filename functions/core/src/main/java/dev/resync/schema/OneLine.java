package dev.resync.schema;

import dev.resync.error.RequestInvalid;
import java.util.regex.Pattern;

/** What people type for other people to read: one line that shows all that it holds. */
public final class OneLine {

    /** Most characters. */
    public static final int LONGEST = 1000;

    /** Control characters, line ends, and characters that nobody sees, such as those that turn the direction of a text. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private OneLine() {}

    /**
     * Returns a text without the space around it.
     *
     * @param field that holds it, for the error
     * @param text as given; null counts as missing
     * @param hint what to do about it, for the error
     * @throws RequestInvalid where it is missing, blank, too long, or holds what nobody can see
     */
    public static String require(String field, String text, String hint) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            throw new RequestInvalid(field + " is " + (text == null || text.isBlank() ? "missing" : "too long")
                    + "; expected one line of 1 to " + LONGEST + " characters. " + hint);
        }
        if (UNSEEN.matcher(text.strip()).find()) {
            throw new RequestInvalid(
                    field + " holds a line break or another control character; expected one line. " + hint);
        }
        return text.strip();
    }

    /** Returns any text as one line that shows all that it holds; null stays null. */
    public static String shown(String text) {
        return text == null
                ? null
                : UNSEEN.matcher(text)
                        .replaceAll(found ->
                                String.format("\\\\u%04x", found.group().codePointAt(0)));
    }
}
