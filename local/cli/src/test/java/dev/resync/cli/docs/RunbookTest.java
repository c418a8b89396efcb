package dev.resync.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.resync.cli.ResyncCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The runbook is short, and each command that it shows is one of the command line. */
class RunbookTest {

    private static final int MOST_LINES = 10;
    private static final String PROGRAM = "./resync ";
    private static final String FENCE = "```";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");
    private static final Pattern SAMPLE = Pattern.compile("file://(\\S+)");

    @Test
    void everySectionIsShort() throws IOException {
        Map<String, List<String>> sections = sections();
        assertThat(sections)
                .containsOnlyKeys(
                        "Stop",
                        "Hold and throttle",
                        "Restore",
                        "Redrive and resume",
                        "Stuck lock",
                        "Full disk",
                        "Lost secret",
                        "Run that needs an operator");
        assertThat(sections).allSatisfy((title, lines) -> assertThat(lines)
                .as(title)
                .hasSizeBetween(1, MOST_LINES)
                .anyMatch(line -> line.startsWith(PROGRAM)));
    }

    @Test
    void everyCommandCanBeTyped() throws IOException {
        List<String> commands = shown().filter(line -> line.startsWith(PROGRAM)).toList();
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            String[] arguments = words(command.substring(PROGRAM.length()));
            assertThatCode(() -> ResyncCommand.commandLine().parseArgs(arguments))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyOptionInTheTextIsOneOfItsCommand() throws IOException {
        Map<String, CommandLine> commands = ResyncCommand.commandLine().getSubcommands();
        List<String> spans = text().flatMap(line -> CODE.matcher(line).results())
                .map(span -> span.group(1).replace(PROGRAM, ""))
                .filter(span -> !span.startsWith("aws ") && OPTION.matcher(span).find())
                .toList();
        assertThat(spans).isNotEmpty();
        for (String span : spans) {
            CommandLine named = commands.get(span.split(" ")[0]);
            List<CommandLine> candidates = named == null ? List.copyOf(commands.values()) : List.of(named);
            assertThat(named != null || span.startsWith("--"))
                    .as("%s begins with a command or an option", span)
                    .isTrue();
            OPTION.matcher(span).results().map(MatchResult::group).forEach(option -> assertThat(candidates)
                    .as("%s in `%s`", option, span)
                    .anyMatch(command -> command.getCommandSpec().findOption(option) != null));
        }
    }

    @Test
    void everySampleInputExists() throws IOException {
        List<String> samples = shown().flatMap(line -> SAMPLE.matcher(line).results())
                .map(sample -> sample.group(1))
                .toList();
        assertThat(samples).isNotEmpty().allSatisfy(sample -> assertThat(Repository.has(sample))
                .as(sample)
                .isTrue());
    }

    /** The lines of each section, by its title; blank ones do not count. */
    private static Map<String, List<String>> sections() throws IOException {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Repository.lines("docs/runbook.md")) {
            if (line.startsWith("## ")) {
                current = new ArrayList<>();
                sections.put(line.substring(3), current);
            } else if (!line.isBlank()) {
                current.add(line);
            }
        }
        return sections;
    }

    private static Stream<String> shown() throws IOException {
        return lines(true);
    }

    private static Stream<String> text() throws IOException {
        return lines(false);
    }

    private static Stream<String> lines(boolean fenced) throws IOException {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : Repository.lines("docs/runbook.md")) {
            if (line.startsWith(FENCE)) {
                inside = !inside;
            } else if (inside == fenced) {
                found.add(line);
            }
        }
        return found.stream();
    }

    /** Splits as a shell does; a comment ends the line. */
    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        for (MatchResult word : WORD.matcher(command).results().toList()) {
            if (word.group().startsWith("#")) {
                break;
            }
            words.add(Stream.of(1, 2, 3)
                    .map(word::group)
                    .filter(text -> text != null)
                    .findFirst()
                    .orElseThrow());
        }
        return words.toArray(String[]::new);
    }
}
