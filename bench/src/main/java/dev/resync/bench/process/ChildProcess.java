package dev.resync.bench.process;

import dev.resync.cli.local.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the benchmark in a process of its own, so that what it costs is not counted with the contenders. Answers a line
 * for each line that it is asked, and ends with this process. Safe for use by several threads.
 */
public final class ChildProcess implements AutoCloseable {

    private static final String READY = "ready ";
    private static final int END_SECONDS = 10;

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;
    private final String address;

    /**
     * Starts the program and waits until it serves.
     *
     * @param program a main class that hands its input to {@link Questions}
     * @param heapMegabytes its most heap
     * @param arguments of the program
     */
    public ChildProcess(Class<?> program, int heapMegabytes, String... arguments) {
        this(program, heapMegabytes, List.of(), List.of(arguments));
    }

    /** @param options further options of its virtual machine */
    ChildProcess(Class<?> program, int heapMegabytes, List<String> options, List<String> arguments) {
        List<String> machine = new ArrayList<>(options);
        machine.addAll(List.of("-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        List<String> command = JavaCommand.of(program, machine.toArray(String[]::new));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the process of " + program.getSimpleName() + " cannot be started", e);
        }
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        String first = line();
        if (!first.startsWith(READY)) {
            process.destroyForcibly();
            throw new IllegalStateException(program.getSimpleName() + " did not start: " + first);
        }
        address = first.substring(READY.length());
    }

    /** Returns where it can be reached, in its own form. */
    public String address() {
        return address;
    }

    /**
     * Asks it something.
     *
     * @param question one line that the program knows
     * @return its answer, one line
     * @throws IllegalStateException where it has ended
     */
    public synchronized String ask(String question) {
        questions.println(question);
        return line();
    }

    private String line() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException(
                        "a process of the benchmark ended by itself; its memory may have been too"
                                + " small, see standard error");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
