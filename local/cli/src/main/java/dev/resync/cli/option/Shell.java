package dev.resync.cli.option;

import java.util.regex.Pattern;

/** Writes words so that a POSIX shell reads them as they are. */
public final class Shell {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Shell() {}

    /** Returns a word, quoted where it must be. */
    public static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
