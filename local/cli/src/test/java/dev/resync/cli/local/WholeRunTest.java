package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.demo.Expectations;
import dev.resync.cli.demo.RevalidationCollection;
import dev.resync.cli.demo.Seeding;
import dev.resync.engine.ExecutionStatus;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The main job from end to end on the deployed state machines. */
class WholeRunTest {

    @Test
    void dryRunLeavesLiveAloneRealRunPublishesAndTwoRestoresGoBackAndForth() {
        try (Rehearsal rehearsal = new Rehearsal(2_000)) {
            Map<String, ContentHash> old = rehearsal.live();

            Run dryRun = rehearsal.finished(rehearsal.platform.startResync(null, rehearsal.request("DRY_RUN")));
            assertThat(dryRun.ending()).isEqualTo(Ending.UNTOUCHED);
            assertThat(rehearsal.live()).isEqualTo(old);
            assertExpected(dryRun.receipt(), rehearsal.data.expectations());

            Run run = rehearsal.finished(rehearsal.execute());
            assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
            Map<String, ContentHash> published = rehearsal.live();
            run.verdict().shadows().forEach((target, shadow) -> assertThat(published.get(target))
                    .isEqualTo(shadow));
            assertExpected(run.receipt(), rehearsal.data.expectations());
            assertThat(rehearsal.platform.context().store().indexes(Rehearsal.MASTER))
                    .containsAll(rehearsal.data.indexes(RevalidationCollection.MASTER_DOCTOR_VIEW));

            Run restored =
                    rehearsal.finished(rehearsal.platform.startRestore(null, rehearsal.restoreRequest(run.snapshot())));
            assertThat(restored.ending()).isEqualTo(Ending.RESTORED);
            assertThat(rehearsal.live()).isEqualTo(old);

            Run undone = rehearsal.finished(
                    rehearsal.platform.startRestore(null, rehearsal.restoreRequest(restored.snapshot())));
            assertThat(undone.ending()).isEqualTo(Ending.RESTORED);
            assertThat(rehearsal.live()).isEqualTo(published);
            assertThat(leftOvers(rehearsal)).isEmpty();
        }
    }

    @Test
    void secondRunWithoutChangeLeavesEveryDocumentAsItIs() {
        try (Rehearsal rehearsal = new Rehearsal(1_500)) {
            Run first = rehearsal.finished(rehearsal.execute());
            Map<String, ContentHash> published = rehearsal.live();

            Run second = rehearsal.finished(rehearsal.execute());
            assertThat(second.ending()).isEqualTo(Ending.CUT_OVER);
            assertThat(rehearsal.live()).isEqualTo(published);
            second.receipt().path("targets").forEach(target -> {
                assertThat(target.path("unchanged").asLong())
                        .isEqualTo(first.receipt()
                                .at("/targets/masterDoctorView/after")
                                .asLong());
                assertThat(target.path("added").asLong()).isZero();
                assertThat(target.path("changed").asLong()).isZero();
                assertThat(target.path("removed").asLong()).isZero();
            });

            new Seeding(rehearsal.client).advance(rehearsal.data.inGeneration(2));
            Run third = rehearsal.finished(rehearsal.execute());
            assertThat(third.ending()).isEqualTo(Ending.CUT_OVER);
            assertThat(third.receipt().at("/targets/masterDoctorView/changed").asLong())
                    .isPositive();
            assertThat(rehearsal.live()).isNotEqualTo(published);
        }
    }

    @Test
    void emptyDrivingSourceIsRefusedAndLiveStays() {
        try (Rehearsal rehearsal = new Rehearsal(1_000)) {
            Map<String, ContentHash> old = rehearsal.live();
            String confirm = rehearsal.confirmation();
            rehearsal
                    .client
                    .getDatabase("revalidation")
                    .getCollection("doctorsForDB")
                    .deleteMany(new Document());

            String execution = rehearsal.platform.startResync(
                    null, rehearsal.request("EXECUTE").put("confirm", confirm));
            assertThat(rehearsal.settled(execution).status()).isEqualTo(ExecutionStatus.FAILED);
            Run run = rehearsal.finished(execution);
            assertThat(run.ending()).isEqualTo(Ending.UNTOUCHED);
            assertThat(run.error().name()).isEqualTo("dev.resync.error.GateRefused");
            assertThat(run.error().message()).contains("empty-source of gmc").contains("shrink of masterDoctorView");
            assertThat(rehearsal.live()).isEqualTo(old);
            assertThat(leftOvers(rehearsal)).isEmpty();
        }
    }

    @Test
    void placeholderOfTheConsoleIsAnsweredWithAPreview() {
        try (Rehearsal rehearsal = new Rehearsal(100)) {
            Map<String, ContentHash> before = rehearsal.everything();
            String execution = rehearsal.platform.startResync(
                    null, ControlJson.mapper().createObjectNode().put("Comment", "Insert your JSON here"));
            JsonNode output = rehearsal.settled(execution).output();
            assertThat(output.at("/preview/environment").asText()).isEqualTo("local");
            assertThat(output.at("/preview/inputForDryRun/plan").asText()).isEqualTo("revalidation");
            Map<String, ContentHash> after = rehearsal.everything();
            after.remove("resync.audit");
            assertThat(after).isEqualTo(before);
        }
    }

    /** What the run reports must be what the generator says it put in, case by case. */
    private static void assertExpected(JsonNode receipt, Expectations expected) {
        expected.sources().forEach((collection, account) -> {
            JsonNode reported = receipt.at("/sources/" + sourceName(collection));
            assertThat(reported.path("read").asLong()).as(collection.toString()).isEqualTo(account.read());
            assertThat(reported.path("unmatched").asLong()).isEqualTo(account.unmatched());
            assertThat(reported.path("quarantined").asLong()).isEqualTo(account.quarantined());
            assertThat(reported.path("superseded").asLong()).isEqualTo(account.superseded());
            assertThat(reported.path("used").asLong()).isEqualTo(account.used());
        });
        expected.live().forEach((collection, difference) -> {
            JsonNode reported = receipt.at("/targets/" + collection.collectionName());
            assertThat(reported.path("added").asLong()).isEqualTo(difference.added());
            assertThat(reported.path("changed").asLong()).isEqualTo(difference.changed());
            assertThat(reported.path("removed").asLong()).isEqualTo(difference.removed());
            assertThat(reported.path("unchanged").asLong()).isEqualTo(difference.unchanged());
        });
    }

    private static String sourceName(RevalidationCollection collection) {
        return switch (collection) {
            case DOCTORS -> "gmc";
            case TRAINEES -> "tis";
            case RECOMMENDATIONS -> "recommendation";
            case CONNECTIONS -> "connection";
            case HIDDEN_DISCREPANCIES -> "hidden";
            default -> throw new IllegalArgumentException(collection + " is no source");
        };
    }

    /** Collections of runs other than retained snapshots. */
    private static List<String> leftOvers(Rehearsal rehearsal) {
        return rehearsal.everything().keySet().stream()
                .filter(name -> name.contains(".resync.") && !name.contains(".snapshot."))
                .toList();
    }
}
