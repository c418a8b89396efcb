package dev.resync.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The reference of plans says what the schema says. Its tables are made from the schema: {@code -Dresync.docs.write=true}
 * writes them anew between their marks. What stands around them is written by hand, and every gate needs some.
 */
class PlanReferenceTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path FILE = ROOT.resolve("docs").resolve("plan-reference.md");
    private static final String BEGIN = "<!-- table of %s, made from plans/plan.schema.json -->";
    private static final String END = "<!-- end of table -->";

    private static PlanReference reference() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(ROOT.resolve("plans").resolve("plan.schema.json").toFile());
        return new PlanReference(schema);
    }

    @Test
    void everyTableIsWhatTheSchemaSays() throws IOException {
        Map<String, List<String>> tables = reference().tables();
        if (Boolean.getBoolean("resync.docs.write")) {
            write(tables);
        }
        List<String> lines = Files.readAllLines(FILE);
        tables.forEach((name, table) -> {
            assertThat(lines)
                    .as(
                            "docs/plan-reference.md needs a heading, some words on what %s is for, and these two lines",
                            name)
                    .containsSequence(BEGIN.formatted(name))
                    .contains(END);
            int begin = lines.indexOf(BEGIN.formatted(name));
            int end = begin + lines.subList(begin, lines.size()).indexOf(END);
            assertThat(lines.subList(begin + 1, end))
                    .as("table of %s; run this test with -Dresync.docs.write=true to write it anew", name)
                    .isEqualTo(table);
        });
        assertThat(lines.stream().filter(END::equals))
                .as("tables of what the schema no longer has")
                .hasSize(tables.size());
    }

    private static void write(Map<String, List<String>> tables) throws IOException {
        List<String> written = new ArrayList<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(FILE)) {
            if (line.equals(END)) {
                inTable = false;
            }
            if (!inTable) {
                written.add(line);
            }
            for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                if (line.equals(BEGIN.formatted(table.getKey()))) {
                    inTable = true;
                    written.addAll(table.getValue());
                }
            }
        }
        Files.write(FILE, written);
    }

    @Test
    void everyPropertyHasAMeaning() throws IOException {
        assertThat(reference().tables().values().stream().flatMap(List::stream))
                .as("properties of plans/plan.schema.json without a description")
                .noneMatch(row -> row.endsWith("|  |"));
    }

    @Test
    void everyGateIsExplained() throws IOException {
        assertThat(GateNames.inResults()).contains("field-drop-out", "rule-hit", "shrink", "drift");
        assertThat(GateNames.inReference())
                .as("rows of the table of gates in docs/plan-reference.md, each | `name` | subject | refuses | limit |")
                .containsAll(GateNames.inResults());
    }
}
