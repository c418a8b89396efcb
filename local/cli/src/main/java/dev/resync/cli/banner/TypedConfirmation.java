package dev.resync.cli.banner;

import dev.resync.environment.Environment;
import dev.resync.error.ConfirmationInvalid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Has a person at a terminal type the name of the environment before anything is changed in it. */
public final class TypedConfirmation {

    private TypedConfirmation() {}

    /**
     * Asks once.
     *
     * @param what what is about to happen, as the end of "About to …"
     * @param in where the answer is typed
     * @param out where the question is shown
     * @throws ConfirmationInvalid where another name is typed, or none
     */
    public static void require(Environment environment, String what, BufferedReader in, PrintWriter out) {
        out.println("About to " + what + " in " + environment.shown() + ".");
        out.print("Type the name of the environment to go on, anything else to stop: ");
        out.flush();
        String typed;
        try {
            typed = in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (typed == null || !typed.strip().equals(environment.name())) {
            throw new ConfirmationInvalid("What was typed is not " + environment.name()
                    + ", the environment that this would have changed. Nothing was read or changed.");
        }
    }
}
