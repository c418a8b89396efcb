package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.metrics.Metric;
import dev.resync.run.Ending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines from which CloudWatch makes metrics. */
class EmfMetricsTest {

    private final List<String> lines = new ArrayList<>();
    private final EmfMetrics metrics = new EmfMetrics(lines::add);

    @Test
    void theEndOfARunIsCountedForTheEnvironmentAndForItsEnding() {
        metrics.ended(Ending.CUT_OVER);
        metrics.say(Metric.RUN_DURATION_SECONDS, 12.5);
        metrics.flush(call());

        assertThat(lines).hasSize(2);
        JsonNode duration = line("RunDurationSeconds");
        assertThat(duration.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Resync");
        assertThat(duration.at("/_aws/CloudWatchMetrics/0/Dimensions")).hasToString("[[\"Environment\"]]");
        assertThat(duration.at("/_aws/CloudWatchMetrics/0/Metrics"))
                .hasToString("[{\"Name\":\"RunDurationSeconds\",\"Unit\":\"Seconds\"}]");
        assertThat(duration.path("RunDurationSeconds").doubleValue()).isEqualTo(12.5);
        JsonNode ended = line("RunsEnded");
        assertThat(ended.at("/_aws/CloudWatchMetrics/0/Dimensions"))
                .hasToString("[[\"Environment\"],[\"Environment\",\"Ending\"]]");
        assertThat(ended.path("Environment").asText()).isEqualTo("test");
        assertThat(ended.path("Ending").asText()).isEqualTo("CUT_OVER");
        assertThat(ended.path("RunsEnded").doubleValue()).isEqualTo(1);
        assertThat(ended.path("run").asText()).isEqualTo("r1");
        assertThat(ended.at("/_aws/Timestamp").isIntegralNumber()).isTrue();
    }

    @Test
    void everyMetricIsWrittenWithItsUnitAndDimensions() {
        metrics.ended(Ending.RESTORED);
        Arrays.stream(Metric.values())
                .filter(metric -> metric != Metric.RUNS_ENDED)
                .forEach(metric -> metrics.say(metric, 3));
        metrics.flush(call());

        for (Metric metric : Metric.values()) {
            JsonNode directive = line(metric.label()).at("/_aws/CloudWatchMetrics/0");
            assertThat(directive.path("Metrics")).as(metric.label()).anySatisfy(said -> assertThat(said)
                    .hasToString("{\"Name\":\"%s\",\"Unit\":\"%s\"}"
                            .formatted(metric.label(), metric.unit().label())));
            List<List<String>> dimensions = new ArrayList<>();
            directive.path("Dimensions").forEach(set -> {
                List<String> names = new ArrayList<>();
                set.forEach(name -> names.add(name.asText()));
                dimensions.add(names);
            });
            assertThat(dimensions)
                    .as(metric.label())
                    .containsExactlyElementsOf(metric.per().dimensions());
        }
    }

    @Test
    void nothingIsSaidTwice() {
        metrics.say(Metric.ERRORS, 1);
        metrics.flush(call());
        metrics.flush(call());
        assertThat(lines).hasSize(1);
    }

    @Test
    void withoutAnEnvironmentNothingIsWrittenAndNothingIsKept() {
        metrics.say(Metric.ERRORS, 1);
        metrics.flush(CallFields.of("verify", JsonNodeFactory.instance.objectNode(), null));
        metrics.flush(call());
        assertThat(lines).isEmpty();
    }

    private static CallFields call() {
        CallFields call =
                CallFields.of("finish", JsonNodeFactory.instance.objectNode().put("runId", "r1"), null);
        call.put("environment", "test");
        return call;
    }

    private JsonNode line(String metric) {
        return lines.stream()
                .map(Event::json)
                .filter(line -> line.has(metric))
                .findFirst()
                .orElseThrow();
    }
}
