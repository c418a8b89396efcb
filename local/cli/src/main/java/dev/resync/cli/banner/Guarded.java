package dev.resync.cli.banner;

import dev.resync.cli.output.Output;
import dev.resync.cli.progress.ProgressStyle;
import dev.resync.environment.Environment;
import java.io.BufferedReader;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;

/** What stands before a command's work: the banner, and for one that changes something a typed confirmation on a terminal. */
public final class Guarded {

    private Guarded() {}

    /** Shows the banner on standard error, unless the output is for a program, whose every line names the environment. */
    public static void show(Environment environment, Output output) {
        if (!output.json()) {
            PrintStream out = System.err;
            (ProgressStyle.TERMINAL ? Banner.coloured(environment) : Banner.of(environment)).forEach(out::println);
        }
    }

    /**
     * Shows the banner, and asks where a person sits at the terminal.
     *
     * @param what what is about to happen, as the end of "About to …"
     */
    public static void confirm(Environment environment, String what, Output output) {
        show(environment, output);
        Console console = System.console();
        if (ProgressStyle.TERMINAL && console != null && !output.json()) {
            TypedConfirmation.require(
                    environment, what, new BufferedReader(console.reader()), new PrintWriter(System.err, true));
        }
    }
}
