package dev.resync.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** What a program of the benchmark is asked on its standard input, the other end of {@link ChildProcess}. */
public final class Questions {

    private Questions() {}

    /**
     * Says that the program serves, answers until the process that started this one ends, and ends as well.
     *
     * @param address where the program can be reached
     * @param answer gives one line for each line
     */
    public static void serve(String address, UnaryOperator<String> answer) throws IOException {
        say("ready " + address);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = in.readLine(); question != null; question = in.readLine()) {
            say(answer.apply(question));
        }
        // At once: there is nothing to keep, and nobody is left to wait for threads.
        Runtime.getRuntime().halt(0);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
