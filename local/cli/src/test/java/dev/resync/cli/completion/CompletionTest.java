package dev.resync.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class CompletionTest {

    private static final int BOUND_SECONDS = 60;

    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void print() throws IOException {
        Cli.Said said = Cli.type("completion");
        assertThat(said.exitCode()).isZero();
        script = Files.writeString(folder.resolve("resync-completion"), said.out());
    }

    private String bash(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 3];
        command[0] = "bash";
        command[1] = "--noprofile";
        command[2] = "--norc";
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void isAScriptThatBashTakes() throws Exception {
        assertThat(bash("-n", script.toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "resync sta, status",
        "resync th, throttle",
        "resync status --wa, --watch",
        "resync run --endp, --endpoint",
        "resync restore --dry, --dry-run",
        "resync settle x --as CUT, CUT_OVER",
        "resync plan val, validate"
    })
    void completesCommandsOptionsAndValues(String typed, String completed) throws Exception {
        String[] words = typed.split(" ");
        String call = "shopt -s progcomp; source '" + script + "'; COMP_WORDS=(" + typed + "); COMP_CWORD="
                + (words.length - 1)
                + "; COMP_LINE='" + typed + "'; COMP_POINT=" + typed.length()
                + "; $(complete -p resync | sed 's/.*-F \\([^ ]*\\) .*/\\1/') resync; printf '%s\\n' \"${COMPREPLY[@]}\"";
        assertThat(bash("-c", call).lines().map(String::strip)).contains(completed);
    }
}
