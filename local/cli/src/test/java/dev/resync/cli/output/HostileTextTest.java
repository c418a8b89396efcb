package dev.resync.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.run.RunError;
import dev.resync.run.RunMode;
import dev.resync.run.RunState;
import dev.resync.run.RunSummary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What others typed tells a terminal nothing. */
class HostileTextTest {

    private static final String HOSTILE = "wrong \u001b[31mday\u001b[0m\nline2\r\u202e";

    @Command(name = "any")
    private static final class Any {

        @Mixin
        private Output output;
    }

    @Test
    void aLineOfARunIsOneLine() {
        RunSummary run = new RunSummary(
                "r",
                "p",
                "test",
                RunMode.DRY_RUN,
                RunState.OPEN,
                null,
                HOSTILE,
                null,
                HOSTILE,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                new RunError("n", HOSTILE),
                null);
        assertThat(RunLine.of(run)).contains("\\u001b[31mday").doesNotContainPattern("\\p{Cntrl}|\u202e");
    }

    @Test
    void whatIsPrintedIsAsManyLinesAsItWasGiven() {
        Any any = new Any();
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(any).setOut(new PrintWriter(out));
        assertThat(command.parseArgs()).isNotNull();
        any.output.print(List.of("reason  " + HOSTILE, "end"));
        assertThat(out.toString().lines()).hasSize(2).first().asString().doesNotContain("\u001b", "\u202e");
    }
}
