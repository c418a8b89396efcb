package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A story says nothing that would be passed over. */
class GateScenarioFormatTest {

    private static final String STORY = """
            {
              "story": "Regions vanish.",
              "data": "world",
              "documents": [{"collection": "world.regions", "share": 0.5, "delete": true}],
              "during": [{"before": "sync-chunk", "minutes": 1}],
              "refused": [{"gate": "shrink", "subject": "regionView"}],
              "ending": "UNTOUCHED",
              "twin": {"during": [], "ending": "CUT_OVER"}
            }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("scenario.json"), STORY);
    }

    @Test
    void aTwinThatSaysThatNothingHappensHasNothingHappen() throws IOException {
        assertThat(GateScenario.read(folder).during()).hasSize(1);
        assertThat(GateScenario.read(folder).passing().during()).isEmpty();
        assertThat(GateScenario.read(folder).passing().documents())
                .isEqualTo(GateScenario.read(folder).documents());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"minutes\": 1           | \"minutes\": 1, \"minuets\": 1       | \"minuets\"",
                "\"subject\"              | \"object\"                          | object",
                "\"ending\": \"CUT_OVER\" | \"ending\": \"CUT_OVER\", \"x\": 1  | \"x\"",
                "\"sync-chunk\"           | \"sink-chunk\"                      | before is sink-chunk; expected the name of a function",
                ", \"minutes\": 1         | ``                                  | What happens before sync-chunk changes nothing",
                "\"minutes\": 1           | \"minutes\": -1                     | What happens before sync-chunk changes nothing",
                ", \"delete\": true       | ``                                  | says 0 of update, delete and insert",
                "\"delete\": true         | \"delete\": true, \"update\": {}    | says 2 of update, delete and insert",
                "\"delete\": true         | \"insert\": []                      | has a filter or a share; expected neither",
                "\"data\": \"world\"      | \"data\": \"moon\"                  | expected a text, one of",
                "\"during\": [], \"ending\" | \"ending\"                        | A twin differs in nothing",
                "\"refused\"              | \"error\": \"LiveDrifted\", \"refused\" | error is LiveDrifted beside refused",
                "\"UNTOUCHED\"            | \"UNTUCHED\"                        | UNTUCHED"
            })
    void isRefusedWhereItIsWrong(String from, String to, String problem) throws IOException {
        assertThat(STORY).contains(from);
        Files.writeString(folder.resolve("scenario.json"), STORY.replace(from, to));
        assertThatThrownBy(() -> GateScenario.read(folder))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining(problem);
    }
}
