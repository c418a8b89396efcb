package dev.resync.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateCommandTest {

    private static final String PLAN = "../../plans/revalidation.json";

    @Test
    void aTypicalRunIsShownWithItsFiguresAndQuotas() {
        Said said = estimate("100000");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("Real run of plan revalidation: 100,000 documents in each target")
                .containsPattern("snapshot-chunk +22 +10,000 +400,000 +200,000 ")
                .containsPattern("history +86 events +of 25,000")
                .containsPattern("children of a map +\\d+ +of 10,000")
                .contains("No limit is near.")
                .doesNotContain("cost");
    }

    @Test
    void whatCannotWorkIsSaidWithWhatToSet() {
        Said said = estimate("1000000000", "--concurrency", "950");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("WARNING seal-snapshot: It reads 4,000,000,000 documents in one call")
                .contains("WARNING concurrency: 950 chunks at once")
                .contains("Set chunk.documents of the plan to")
                .doesNotContain("No limit is near.");
    }

    @Test
    void jsonHasAllOfIt() {
        JsonNode json = estimate(
                        "100000",
                        "--json",
                        "--dry-run",
                        "--source",
                        "tis=200000",
                        "--chunk-documents",
                        "5000",
                        "--price-per-million-transitions",
                        "20",
                        "--price-per-gigabyte-second",
                        "0.5",
                        "--price-per-million-requests",
                        "3")
                .json();
        assertThat(json.path("dryRun").booleanValue()).isTrue();
        assertThat(json.path("chunkDocuments").intValue()).isEqualTo(5_000);
        assertThat(json.at("/steps/4/function").asText()).isEqualTo("sync-chunk");
        assertThat(json.at("/steps/4/reads").longValue()).isEqualTo(600_000);
        assertThat(json.path("cost").doubleValue()).isPositive();
        assertThat(json.path("warnings").isArray()).isTrue();
    }

    @Test
    void pricesAreGivenAllOrNone() {
        Said said = estimate("1000", "--price-per-million-requests", "3");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("--price-per-gigabyte-second");
    }

    @Test
    void figuresOutOfRangeAreRefusedByName() {
        estimate("-1").failedWith("RequestInvalid", 16);
        assertThat(estimate("-1").err()).contains("documents is -1; expected 0 to 1000000000000.");
        estimate("1", "--source", "gcm=1").failedWith("RequestInvalid", 16);
        estimate("1", "--documents-per-second", "0").failedWith("RequestInvalid", 16);
        Cli.type("estimate", "--plan", "nowhere.json", "--documents", "1").failedWith("PlanUnknown", 15);
    }

    private static Said estimate(String documents, String... more) {
        List<String> arguments = new ArrayList<>(List.of("estimate", "--plan", PLAN, "--documents", documents));
        arguments.addAll(List.of(more));
        return Cli.type(arguments.toArray(String[]::new));
    }
}
