package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallFieldsTest {

    private static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";

    @Test
    void aChunkIsNamedByRunEpochAndIndex() {
        ObjectNode event = json().put("runId", "r1").put("epoch", 2).put("index", 7);
        assertThat(CallFields.of("sync-chunk", event, null).all())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("function", "sync-chunk", "run", "r1", "epoch", "2", "chunk", "7"));
    }

    @Test
    void whatSomebodyWroteIsNotLogged() {
        ObjectNode event =
                json().put("runId", "x".repeat(201)).put("reason", "because").put("epoch", "2");
        assertThat(CallFields.of("close-run", event, null).all()).containsOnlyKeys("function");
        CallFields fields = CallFields.of("admit", json(), null);
        fields.countsOf(json().put("message", "because")
                .set("examples", JsonNodeFactory.instance.arrayNode().add("a")));
        assertThat(fields.all()).containsOnlyKeys("function", "answer.examples").containsEntry("answer.examples", "1");
    }

    @Test
    void anAnswerNamesItsRunAndGivesItsNumbers() {
        CallFields fields = CallFields.of("close-run", json(), null);
        fields.countsOf(json().put("runId", "r1")
                .put("epoch", 3)
                .put("outcome", "CLOSED")
                .put("ending", "UNTOUCHED")
                .put("waitSeconds", 0)
                .put("passed", true)
                .putNull("nothing"));
        assertThat(fields.all())
                .containsEntry("run", "r1")
                .containsEntry("epoch", "3")
                .containsEntry("next", "CLOSED")
                .containsEntry("ending", "UNTOUCHED")
                .containsEntry("answer.waitSeconds", "0")
                .containsEntry("answer.passed", "true")
                .doesNotContainKey("answer.nothing");
    }

    @Test
    void theTraceIsTheRootOfTheHeaderThatTheRuntimeGives() {
        String before = System.getProperty(TRACE_PROPERTY);
        System.setProperty(
                TRACE_PROPERTY, "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
        try {
            assertThat(CallFields.of("verify", json(), null).all())
                    .containsEntry("traceId", "1-5759e988-bd862e3fe1be46a994272793");
            System.setProperty(TRACE_PROPERTY, "nonsense");
            assertThat(CallFields.of("verify", json(), null).all()).doesNotContainKey("traceId");
        } finally {
            if (before == null) {
                System.clearProperty(TRACE_PROPERTY);
            } else {
                System.setProperty(TRACE_PROPERTY, before);
            }
        }
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
