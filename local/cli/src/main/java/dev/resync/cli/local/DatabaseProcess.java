package dev.resync.cli.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The embedded database in a process of its own, with a heap of its own. It ends when this object is closed, and also when
 * this process dies: it watches its standard input.
 */
public final class DatabaseProcess implements AutoCloseable {

    private static final String READY = "ready ";
    private static final int END_SECONDS = 10;

    private final Process process;
    private final String uri;

    /**
     * Starts the process and waits until it serves.
     *
     * @param mainClass class that understands {@code serve}
     * @param heapMegabytes most heap for all that is stored, 64 or more
     */
    public DatabaseProcess(Class<?> mainClass, int heapMegabytes) {
        List<String> command = JavaCommand.of(
                mainClass,
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                // Half dead it would keep everyone waiting.
                "-XX:+ExitOnOutOfMemoryError");
        command.addAll(List.of("serve", "--mongo-port", "0", "--until-input-ends"));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            if (line == null || !line.startsWith(READY)) {
                process.destroyForcibly();
                throw new IllegalStateException("the database process did not start: " + line);
            }
            uri = line.substring(READY.length());
        } catch (IOException e) {
            throw new UncheckedIOException("the database process cannot be started", e);
        }
    }

    /** Returns the connection string. */
    public String uri() {
        return uri;
    }

    /** Returns the process id. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
