package dev.resync.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.Cli;
import dev.resync.estimate.ExecutionShape;
import dev.resync.estimate.Quotas;
import dev.resync.estimate.Throughput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The outputs in {@code docs/cost-and-scale.md} are those of the commands above them. {@code -Dresync.docs.write=true} writes them
 * anew.
 */
class CostAndScaleTest {

    private static final Path FILE = Path.of("..", "..", "docs", "cost-and-scale.md");
    private static final String BEGIN = "<!-- estimate ";
    private static final String END = "<!-- end -->";

    @Test
    void everyOutputIsWhatItsCommandSays() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        List<String> expected = withOutputs(lines);
        if (Boolean.getBoolean("resync.docs.write")) {
            Files.write(FILE, expected);
            lines = expected;
        }
        assertThat(lines.stream().filter(line -> line.startsWith(BEGIN))).hasSize(3);
        assertThat(lines).isEqualTo(expected);
    }

    @Test
    void theFormulasAreThoseOfTheCode() throws IOException {
        String text = Files.readString(FILE);
        ExecutionShape real = ExecutionShape.of(false, false, 0);
        ExecutionShape dry = ExecutionShape.of(true, false, 0);
        assertThat(text)
                .contains("| transitions | %d + chunks, of a dry run %d + chunks |"
                        .formatted(real.transitions(), dry.transitions()))
                .contains("| calls of functions | %d + chunks, of a dry run %d + chunks |"
                        .formatted(real.calls(), dry.calls()))
                .contains("| events in the run's history | %d, of a dry run %d; %d in that of a chunk |"
                        .formatted(real.historyEvents(), dry.historyEvents(), real.childHistoryEvents()));
        assertThat(text)
                .contains(String.format(
                        Locale.ROOT, "| `snapshot-chunk` | %,.0f documents a second |", Throughput.MEASURED.snapshot()))
                .contains(String.format(
                        Locale.ROOT, "| `sync-chunk` | %,.0f documents a second |", Throughput.MEASURED.sync()))
                .contains(String.format(
                        Locale.ROOT, "| `map-chunk` | %,.0f bundles a second |", Throughput.MEASURED.map()))
                .contains(String.format(
                        Locale.ROOT, "`plan-chunks` | %,.0f documents a second |", Throughput.MEASURED.seal()))
                .contains(String.format(
                        Locale.ROOT, "| `verify` | %,.0f documents a second |", Throughput.MEASURED.verify()));
        int minutes = 2_775;
        assertThat(text).contains("`resumeMinutes` up to 2,775");
        assertThat(ExecutionShape.closingHistoryEvents(minutes)).isLessThanOrEqualTo(Quotas.HISTORY_EVENTS);
        assertThat(ExecutionShape.closingHistoryEvents(minutes + 1)).isGreaterThan(Quotas.HISTORY_EVENTS);
    }

    private static List<String> withOutputs(List<String> lines) {
        List<String> written = new ArrayList<>();
        boolean inOutput = false;
        for (String line : lines) {
            if (line.equals(END)) {
                inOutput = false;
            }
            if (!inOutput) {
                written.add(line);
            }
            if (line.startsWith(BEGIN)) {
                inOutput = true;
                written.addAll(output(line.substring("<!-- ".length(), line.lastIndexOf(" -->"))));
            }
        }
        return written;
    }

    private static List<String> output(String command) {
        String[] arguments = Arrays.stream(command.split(" "))
                .map(word -> word.startsWith("plans/") ? "../../" + word : word)
                .toArray(String[]::new);
        Cli.Said said = Cli.type(arguments);
        assertThat(said.exitCode()).as(said.err()).isZero();
        List<String> block = new ArrayList<>(List.of("```console", "$ ./resync " + command));
        said.out().lines().forEach(block::add);
        block.add("```");
        return block;
    }
}
