package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.chunk.SourceAccount;
import dev.resync.cli.demo.RevalidationCollection;
import dev.resync.hash.HashSum;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import dev.resync.trial.Trial;
import dev.resync.trial.TrialResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

/** What is mapped in memory is what a run publishes: same documents, same accounts, same quarantine. */
class TrialEqualsRunTest {

    private static final int DOCTORS = 2_000;

    @Test
    void theSameDocumentsGiveTheSameViewsAndAccounts() {
        try (Rehearsal rehearsal = new Rehearsal(DOCTORS)) {
            Run run = rehearsal.finished(rehearsal.execute());
            assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);

            Plan plan = new PlanDirectory(Rehearsal.PLANS, new PlanReader()).load("revalidation");
            TrialResult trial = new Trial(plan, run.startedAt()).map(sources(rehearsal, plan));

            Map<String, SourceAccount> accounts = new LinkedHashMap<>();
            run.receipt()
                    .path("sources")
                    .properties()
                    .forEach(source -> accounts.put(
                            source.getKey(),
                            ControlJson.mapper().convertValue(source.getValue(), SourceAccount.class)));
            assertThat(trial.accounts()).isEqualTo(accounts);
            assertThat(trial.quarantine()).isNotEmpty();
            plan.targets().forEach(target -> {
                HashSum sum = new HashSum();
                trial.targets()
                        .get(target.name())
                        .forEach(document -> sum.add(new RawBsonDocument(document, new BsonDocumentCodec())));
                assertThat(sum.toContentHash()).isEqualTo(rehearsal.hash(target.namespace()));
            });
        }
    }

    private static Map<String, List<BsonDocument>> sources(Rehearsal rehearsal, Plan plan) {
        Map<String, List<BsonDocument>> sources = new LinkedHashMap<>();
        plan.sources()
                .forEach(source -> sources.put(
                        source.name(),
                        rehearsal
                                .data
                                .documents(RevalidationCollection.named(
                                        source.namespace().getCollectionName()))
                                .toList()));
        return sources;
    }
}
