package dev.resync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.store.ControlJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The command line in this process, as a person would type it. */
public final class Cli {

    private Cli() {}

    /**
     * What a command said.
     *
     * @param exitCode what the shell sees
     * @param out standard output
     * @param err standard error, progress apart
     */
    public record Said(int exitCode, String out, String err) {

        /** Returns standard output as JSON; fails where it is not exactly one value. */
        public JsonNode json() {
            try {
                return ControlJson.mapper().readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError(out, e);
            }
        }

        /** Fails where the command did not end with an error of this name and exit code. */
        public Said failedWith(String name, int code) {
            assertThat(this.err).contains("dev.resync.error." + name + ": ");
            assertThat(exitCode).isEqualTo(code);
            return this;
        }
    }

    /** Runs a command. */
    public static Said type(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                ResyncCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = commandLine.execute(arguments);
        return new Said(exitCode, out.toString(), err.toString());
    }

    /** Returns the command that starts this command line as a process of its own. */
    public static List<String> process(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ResyncCommand.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
