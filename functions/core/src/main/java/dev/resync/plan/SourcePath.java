package dev.resync.plan;

import java.util.regex.Pattern;

/**
 * A path as rules write it: a source, or a source and a field of it.
 *
 * @param source name of the source
 * @param path dotted path in its documents; null where only the source is named
 */
record SourcePath(String source, String path) {

    private static final Pattern FORM = Pattern.compile("[^.$\u0000][^.\u0000]*(\\.[^.$\u0000][^.\u0000]*)*");

    static boolean wellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    static SourcePath of(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? new SourcePath(text, null) : new SourcePath(text.substring(0, dot), text.substring(dot + 1));
    }
}
