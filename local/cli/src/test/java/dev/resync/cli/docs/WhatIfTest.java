package dev.resync.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each event of {@code docs/what-if.md} names tests that exist, or says that there is none. */
class WhatIfTest {

    private static final int FEWEST_EVENTS = 25;
    private static final String COLUMNS = "event|what happens|operator|proven by";
    private static final Pattern PROOF = Pattern.compile("`(?:(\\w+)#(\\w+)|(scenarios/[\\w/-]+))`");

    @Test
    void everyEventNamesWhatProvesItOrSaysThatNothingDoes() throws IOException {
        List<List<String>> events = events();
        assertThat(events).hasSizeGreaterThanOrEqualTo(FEWEST_EVENTS).allSatisfy(cells -> {
            assertThat(cells).hasSize(4).noneMatch(String::isBlank);
            String proof = cells.get(3);
            assertThat(PROOF.matcher(proof).find() || proof.contains("**no test**"))
                    .as("%s", cells)
                    .isTrue();
        });
        assertThat(events).extracting(cells -> cells.get(0)).doesNotHaveDuplicates();
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        String document = String.join("\n", Repository.lines("docs/what-if.md"));
        // Whatever looks like a class and a method must be written as one, or it would not be checked.
        assertThat(Pattern.compile("\\w#\\w").matcher(document).results().count())
                .isEqualTo(PROOF.matcher(document)
                        .results()
                        .filter(proof -> proof.group(1) != null)
                        .count())
                .isPositive();
        Matcher proof = PROOF.matcher(document);
        while (proof.find()) {
            if (proof.group(3) != null) {
                assertThat(Repository.has(proof.group(3))).as(proof.group()).isTrue();
            } else {
                assertThat(Repository.hasTest(proof.group(1), proof.group(2)))
                        .as("%s, a test in the sources", proof.group())
                        .isTrue();
            }
        }
    }

    private static List<List<String>> events() throws IOException {
        return Repository.lines("docs/what-if.md").stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(String::strip)
                        .toList())
                .filter(cells -> !String.join("|", cells).equals(COLUMNS))
                .toList();
    }
}
