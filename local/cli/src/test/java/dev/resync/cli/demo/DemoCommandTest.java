package dev.resync.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.output.ReceiptSchema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo as a newcomer runs it, smaller. */
class DemoCommandTest {

    @Test
    void everyPromiseIsKeptAndASeedGivesTheSameCountsAndHashes() {
        JsonNode first = demo().json();
        assertThat(first.path("receipts").findValuesAsText("ending"))
                .containsExactly("UNTOUCHED", "CUT_OVER", "UNTOUCHED", "RESTORED");
        first.path("receipts").forEach(ReceiptSchema::requireKept);
        assertThat(first.path("checks"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.path("held").asBoolean()).isTrue());
        assertThat(first.at("/reader/reads").asLong()).isPositive();
        assertThat(first.at("/reader/errors")).isEmpty();
        assertThat(lasting(demo().json())).isEqualTo(lasting(first));
    }

    private static Said demo() {
        Said said = Cli.type("demo", "--json", "--doctors", "1000", "--seed", "7", "--plans", "../../plans");
        assertThat(said.exitCode()).as(said.err() + said.out()).isZero();
        return said;
    }

    /** What may not differ between two demos: counts and hashes, not names and times. */
    private static List<JsonNode> lasting(JsonNode result) {
        List<JsonNode> lasting = new ArrayList<>();
        result.path("receipts").forEach(receipt -> {
            ObjectNode kept = receipt.deepCopy();
            kept.remove(List.of("runId", "startedAt", "endedAt", "confirm", "next"));
            if (kept.has("snapshot")) {
                ((ObjectNode) kept.path("snapshot")).remove("id");
            }
            kept.path("cutOver").path("changes").forEach(change -> ((ObjectNode) change).remove("at"));
            if (kept.has("cutOver")) {
                ((ObjectNode) kept.path("cutOver")).remove("windowSeconds");
            }
            kept.path("stages").forEach(stage -> ((ObjectNode) stage).remove("seconds"));
            kept.path("gates").forEach(gate -> ((ObjectNode) gate).remove("detail"));
            lasting.add(kept);
        });
        return lasting;
    }
}
