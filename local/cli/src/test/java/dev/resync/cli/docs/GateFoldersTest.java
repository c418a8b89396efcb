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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every gate has a story that it refuses, or a line in {@code scenarios/README.md} that says why none can reach it and which test
 * shows it refusing and passing. A new gate needs either.
 */
class GateFoldersTest {

    private static final Path GATES = Path.of("..", "..", "scenarios", "gates");
    private static final Pattern LINE = Pattern.compile("\\| `([a-z-]+)` \\| .+ \\| `(\\w+)#(\\w+)` \\|");
    private static final String HEADING = "### Gates without a story";

    /** How the last looks before the cut-over refuse; they speak after the gates, and not as gates. */
    private static final List<String> LAST_LOOKS = List.of("LiveDrifted", "VerdictExpired");

    @Test
    void everyGateHasAStoryOrALineThatSaysWhyNot() throws IOException {
        Set<String> told = told("refused");
        Set<String> lines = linesOf(HEADING).keySet();
        Set<String> either = new TreeSet<>(told);
        either.addAll(lines);
        assertThat(either)
                .as(
                        "gates of the core, and those that a folder of scenarios/gates is refused by or scenarios/README.md has"
                                + " a line for under \"%s\"",
                        HEADING)
                .containsExactlyInAnyOrderElementsOf(GateNames.inReference());
        assertThat(told)
                .as("gates with a story need no line that says why they have none")
                .doesNotContainAnyElementsOf(lines);
    }

    @Test
    void everyLineNamesATestThatExists() throws IOException {
        Map<String, Matcher> lines = linesOf(HEADING);
        assertThat(lines).isNotEmpty();
        for (Matcher line : lines.values()) {
            assertThat(Repository.hasTest(line.group(2), line.group(3)))
                    .as(line.group())
                    .isTrue();
        }
    }

    @Test
    void eachOfTheLastLooksHasAStory() throws IOException {
        assertThat(told("error")).containsExactlyInAnyOrderElementsOf(LAST_LOOKS);
    }

    @Test
    void everyStoryHasATwinThatPasses() throws IOException {
        assertThat(stories()).isNotEmpty().allSatisfy((name, story) -> {
            assertThat(story.path("ending").asText()).as(name).isEqualTo("UNTOUCHED");
            assertThat(story.at("/twin/ending").asText()).as(name).isIn("CUT_OVER", "RESTORED");
        });
    }

    /** Returns the gates, or the errors, by which stories are refused. */
    private static Set<String> told(String field) throws IOException {
        Set<String> names = new TreeSet<>();
        for (JsonNode story : stories().values()) {
            JsonNode value = story.path(field);
            if (value.isTextual()) {
                names.add(value.asText());
            }
            value.forEach(refusal -> names.add(refusal.path("gate").asText()));
        }
        return names;
    }

    private static Map<String, JsonNode> stories() throws IOException {
        Map<String, JsonNode> stories = new TreeMap<>();
        try (Stream<Path> folders = Files.list(GATES)) {
            for (Path folder : folders.toList()) {
                stories.put(
                        folder.getFileName().toString(),
                        new ObjectMapper()
                                .readTree(folder.resolve("scenario.json").toFile()));
            }
        }
        return stories;
    }

    /** Returns the lines of the table under a heading, by gate. */
    private static Map<String, Matcher> linesOf(String heading) throws IOException {
        List<String> lines = new ArrayList<>(Repository.lines("scenarios/README.md"));
        assertThat(lines).contains(heading);
        Map<String, Matcher> found = new TreeMap<>();
        for (String line : lines.subList(lines.indexOf(heading) + 1, lines.size())) {
            if (line.startsWith("#")) {
                break;
            }
            Matcher matcher = LINE.matcher(line);
            if (line.startsWith("| `")) {
                assertThat(matcher.matches())
                        .as("| `gate` | why | `Test#method` |: %s", line)
                        .isTrue();
                found.put(matcher.group(1), matcher);
            }
        }
        return found;
    }
}
