package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.docs.GateNames;
import dev.resync.cli.run.GateScenario.Refusal;
import dev.resync.run.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each story about gates is refused by the gates that it names and no others, live untouched; its twin passes. */
class GateScenarioTest {

    private static final Path SCENARIOS = Path.of("..", "..", "scenarios", "gates");

    @TempDir
    private Path folder;

    static List<String> scenarios() throws IOException {
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders.map(Path::getFileName).map(Path::toString).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void isRefusedByTheGatesThatItNames(String name) throws IOException {
        play(GateScenario.read(SCENARIOS.resolve(name)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void passesAsItsTwin(String name) throws IOException {
        play(GateScenario.read(SCENARIOS.resolve(name)).passing());
    }

    private void play(GateScenario scenario) throws IOException {
        try (GateStage stage = new GateStage(scenario, folder)) {
            JsonNode receipt = stage.play();
            assertThat(receipt.path("gates"))
                    .extracting(gate -> gate.path("name").asText())
                    .as("gates as the list of all names them")
                    .isSubsetOf(GateNames.inResults());
            List<JsonNode> refusing = new ArrayList<>();
            receipt.path("gates").forEach(gate -> {
                if (!gate.path("passed").asBoolean()) {
                    refusing.add(gate);
                }
            });
            assertThat(refusing)
                    .as(scenario.story())
                    .extracting(gate -> gate.path("name").asText() + " of "
                            + gate.path("subject").asText())
                    .containsExactlyInAnyOrderElementsOf(scenario.refused().stream()
                            .map(refusal -> refusal.gate() + " of " + refusal.subject())
                            .toList());
            scenario.refused().stream().forEach(refusal -> requireFigures(refusal, refusing));
            assertThat(receipt.at("/error/name").asText()).as(scenario.story()).isEqualTo(scenario.expectedError());
            assertThat(receipt.path("ending").asText())
                    .as(scenario.story())
                    .isEqualTo(scenario.ending().name());
            if (scenario.ending() == Ending.UNTOUCHED) {
                assertThat(stage.live()).as("live is what it was").isEqualTo(stage.liveWithoutTheRun());
            }
            scenario.found()
                    .forEach(query ->
                            assertThat(stage.count(query)).as("%s", query).isEqualTo(query.documents()));
        }
    }

    private static void requireFigures(Refusal refusal, List<JsonNode> refusing) {
        JsonNode gate = refusing.stream()
                .filter(each -> each.path("name").asText().equals(refusal.gate())
                        && each.path("subject").asText().equals(refusal.subject()))
                .findFirst()
                .orElseThrow();
        if (refusal.value() != null) {
            assertThat(gate.path("value").asDouble()).as("value of %s", gate).isCloseTo(refusal.value(), within(1e-9));
        }
        if (refusal.limit() != null) {
            assertThat(gate.path("limit").asDouble()).as("limit of %s", gate).isCloseTo(refusal.limit(), within(1e-9));
        }
    }
}
