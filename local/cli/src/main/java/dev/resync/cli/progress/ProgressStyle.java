package dev.resync.cli.progress;

import dev.resync.environment.Environment;
import java.io.PrintStream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Chooses how progress is shown, and puts the environment in front of every line. */
public final class ProgressStyle {

    /** Set by the launcher, which knows whether standard error is a terminal; Java can only tell for all streams at once. */
    public static final boolean TERMINAL = Boolean.getBoolean("resync.terminal");

    private ProgressStyle() {}

    /**
     * Returns progress on standard error: a bar on a terminal, else plain lines, or JSON where that was asked for.
     *
     * @param environment stands in front of every line
     * @param json whether JSON was asked for
     */
    public static Progress of(Environment environment, boolean json) {
        PrintStream out = System.err;
        if (json) {
            return new JsonProgress(environment.name(), out);
        }
        return TERMINAL
                ? new TerminalProgress(coloured(environment), plain(environment), out)
                : new LogProgress(plain(environment), out);
    }

    /** Returns name and colour in brackets. */
    public static String plain(Environment environment) {
        return "[" + environment.name() + ", " + environment.colour().label() + "]";
    }

    private static String coloured(Environment environment) {
        for (Style style : Style.values()) {
            if (style.name().equals("fg_" + environment.colour().label())) {
                return Ansi.ON.new Text("@|bold," + environment.colour().label() + " " + plain(environment) + "|@")
                        .toString();
            }
        }
        return plain(environment);
    }
}
