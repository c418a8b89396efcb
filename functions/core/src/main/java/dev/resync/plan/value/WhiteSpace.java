package dev.resync.plan.value;

/** What counts as white space in keys and texts: everything Unicode calls so, non-breaking space included. */
public final class WhiteSpace {

    private WhiteSpace() {}

    /** Returns whether the text is empty or holds nothing but white space. */
    public static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the text without white space at both ends. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    // Zero-width space and byte order mark are no white space to Unicode, but as invisible as white space.
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF';
    }
}
