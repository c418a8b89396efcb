package dev.resync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.ApprovalInvalid;
import dev.resync.error.ResyncException;
import dev.resync.error.RunUnknown;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.TestClock;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.run.AuditTrail.Entry;
import dev.resync.run.AuditTrail.Outcome;
import dev.resync.store.MongoStore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is decided is on record once, as a decision or as its refusal. */
class AuditTrailTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final Asked GRACE = new Asked("Grace", "arn:grace", "api", "here", "approve run-1", "it is right");

    private TestClock clock;
    private AuditTrail audit;

    @BeforeEach
    void open() {
        clock = new TestClock();
        audit = new AuditTrail(new MongoStore(MONGO.client()), clock);
    }

    @Test
    void aDecisionIsOnRecordWithItsAnswer() {
        int made = audit.decided(GRACE, "run-1", "APPROVED", () -> 2, count -> count + " of 2");
        assertThat(made).isEqualTo(2);
        assertThat(audit.all())
                .containsExactly(new Entry(
                        clock.instant(),
                        "APPROVED",
                        "run-1",
                        "Grace",
                        "arn:grace",
                        "api",
                        "here",
                        "approve run-1",
                        "it is right",
                        "2 of 2"));
    }

    @Test
    void aRefusalIsOnRecordWithNameAndMessageAndGoesOn() {
        ApprovalInvalid refused = new ApprovalInvalid("Ada asked for it");
        assertThatThrownBy(() -> refusedBy(refused)).isSameAs(refused);
        assertThat(audit.all())
                .containsExactly(new Entry(
                        clock.instant(),
                        "REFUSED",
                        "run-1",
                        "Grace",
                        "arn:grace",
                        "api",
                        "here",
                        "approve run-1",
                        "it is right",
                        "dev.resync.error.ApprovalInvalid: Ada asked for it"));
    }

    /** Else what somebody typed would be listed among the runs. */
    @Test
    void theRefusalOfAnUnknownRunNamesNone() {
        assertThatThrownBy(() -> refusedBy(new RunUnknown("no run run-1"))).isInstanceOf(RunUnknown.class);
        assertThat(audit.all()).hasSize(1);
        assertThat(audit.all().get(0).run()).isNull();
        assertThat(audit.all().get(0).what()).isEqualTo("approve run-1");
    }

    @Test
    void whoAskedMayBecomeKnownOnlyWhileItIsDecided() {
        AtomicReference<String> authenticated = new AtomicReference<>();
        audit.decided(
                () -> new Asked("Grace", authenticated.get(), null, null, null, null),
                null,
                () -> {
                    authenticated.set("arn:grace");
                    return "run-2";
                },
                run -> new Outcome("ADMITTED", run, "it is " + run));
        Entry entry = audit.all().get(0);
        assertThat(entry.authenticatedAs()).isEqualTo("arn:grace");
        assertThat(entry.run()).isEqualTo("run-2");
        assertThat(entry.detail()).isEqualTo("it is run-2");
    }

    private void refusedBy(ResyncException error) {
        audit.decided(
                GRACE,
                "run-1",
                "APPROVED",
                () -> {
                    throw error;
                },
                nothing -> "never");
    }
}
