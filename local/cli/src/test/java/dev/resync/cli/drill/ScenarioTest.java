package dev.resync.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.run.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every failure story ends as it says, and nothing happens on the way that must not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenarioTest {

    private static final Path SCENARIOS = Path.of("..", "..", "scenarios");

    @TempDir
    static Path folder;

    private TestDrill test;

    record Scenario(String story, Fault fault, Map<Phase, Ending> expected) {}

    @BeforeAll
    void open() {
        test = new TestDrill(folder, List.of(FaultKind.STOP));
    }

    @AfterAll
    void close() {
        test.close();
    }

    static List<String> scenarios() throws IOException {
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders.filter(folder -> Files.exists(folder.resolve("scenario.json")))
                    .map(Path::getFileName)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsAsItSays(String name) throws IOException {
        Scenario scenario = new ObjectMapper()
                .readValue(SCENARIOS.resolve(name).resolve("scenario.json").toFile(), Scenario.class);
        Round.Result result = test.drill.play(scenario.fault());
        assertThat(result.hit()).as("%s struck", scenario.fault()).isTrue();
        assertThat(result.violations()).isEmpty();
        assertThat(result.endings()).as(scenario.story()).isEqualTo(scenario.expected());
    }
}
