package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.metrics.Metric;
import dev.resync.stage.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/observability.md} names what the code says: every metric and every log field, and no others. */
class ObservabilityDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "observability.md");
    private static final int METRIC_COLUMNS = 6;
    private static final int FIELD_COLUMNS = 3;

    @Test
    void everyMetricHasARowThatSaysWhatTheCodeSays() throws IOException {
        Map<String, List<String>> rows = rows(METRIC_COLUMNS);
        assertThat(rows).containsOnlyKeys(names(Arrays.stream(Metric.values()).map(Metric::label)));
        for (Metric metric : Metric.values()) {
            String dimensions = metric.per().dimensions().stream()
                    .map(set -> String.join(", ", set))
                    .collect(Collectors.joining("; "));
            String functions = metric.functions().isEmpty() ? "all" : String.join(", ", metric.functions());
            assertThat(rows.get(code(metric.label())).subList(1, 4))
                    .as(metric.label())
                    .containsExactly(metric.unit().label(), dimensions, functions);
        }
    }

    @Test
    void metricsNameFunctionsThatExist() {
        for (Metric metric : Metric.values()) {
            assertThat(Stages.FUNCTIONS).as(metric.label()).containsAll(metric.functions());
            assertThat(metric.functions()).as("ascending").isSorted();
        }
    }

    @Test
    void everyLogFieldHasARow() throws IOException {
        Map<String, List<String>> rows = rows(FIELD_COLUMNS);
        assertThat(rows)
                .containsOnlyKeys(names(Stream.concat(CallFields.OF_A_CALL.stream(), CallFields.OF_ITS_END.stream())));
        CallFields.OF_A_CALL.forEach(
                field -> assertThat(rows.get(code(field)).get(1)).as(field).isEqualTo("every line of a call"));
        CallFields.OF_ITS_END.forEach(
                field -> assertThat(rows.get(code(field)).get(1)).as(field).startsWith("the last line"));
    }

    @Test
    void theNamespaceIsTheOneThatIsWritten() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("Namespace `" + EmfMetrics.NAMESPACE + "`");
    }

    private static Map<String, List<String>> rows(int columns) throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("| `")) {
                List<String> cells = Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(String::strip)
                        .toList();
                if (cells.size() == columns) {
                    assertThat(cells).noneMatch(String::isBlank);
                    rows.put(cells.get(0), cells);
                }
            }
        }
        return rows;
    }

    private static String[] names(Stream<String> labels) {
        return labels.map(ObservabilityDocumentTest::code).toArray(String[]::new);
    }

    private static String code(String name) {
        return "`" + name + "`";
    }
}
