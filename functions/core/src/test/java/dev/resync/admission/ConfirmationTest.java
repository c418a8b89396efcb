package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.error.ConfirmationInvalid;
import dev.resync.error.TargetLocked;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import dev.resync.run.RunState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real run echoes what a passed dry run of the same plan handed out, once and in time. */
class ConfirmationTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private String token;

    @BeforeEach
    void dryRun() {
        fixture = new RunFixture(
                        MONGO.client(), MONGO.client(), RunFixture.profile("\"confirmation\": \"echo\"", false))
                .filled(5);
        token = fixture.confirmation();
    }

    @Test
    void isAccepted() {
        Run run = execute(token).run();
        assertThat(run.mode()).isEqualTo(RunMode.EXECUTE);
    }

    @Test
    void standsInTheReceiptOfItsDryRun() {
        assertThat(fixture.run(token.substring(0, token.lastIndexOf('.')))
                        .receipt()
                        .get("confirm")
                        .textValue())
                .isEqualTo(token);
    }

    @Test
    void isRefusedWhereItIsWrong() {
        String wrong = token.substring(0, token.length() - 1) + (token.endsWith("0") ? "1" : "0");
        assertThatThrownBy(() -> execute(wrong)).isInstanceOf(ConfirmationInvalid.class);
        assertThatThrownBy(() -> execute("yes")).isInstanceOf(ConfirmationInvalid.class);
        assertThatThrownBy(() -> execute("nothing.here")).isInstanceOf(ConfirmationInvalid.class);
    }

    @Test
    void isRefusedWhereItWasUsed() {
        execute(token).closed(ExecutionStatus.ABORTED);
        assertThatThrownBy(() -> execute(token))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("used");
    }

    @Test
    void isRefusedAfterADay() {
        fixture.clock().pass(Duration.ofHours(24).plusMillis(1));
        assertThatThrownBy(() -> execute(token))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("expired");
    }

    @Test
    void isRefusedForAPlanThatChanged() {
        fixture.plans().deployWith("\"path\": \"label\"", "\"path\": \"title\"");
        assertThatThrownBy(() -> execute(token))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("hash");
    }

    /** What the dry run saw is no longer what there is: 5 persons, and up to a tenth may differ. */
    @ParameterizedTest
    @CsvSource({"people, source people", "notes, source notes", "personView, target personView"})
    void isVoidAfterDrift(String collection, String what) {
        fixture.collection(collection).deleteOne(new BsonDocument());
        assertThatThrownBy(() -> execute(token))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("is void: " + what
                        + " had 5 documents in the dry run and has 4, a share of 0.2, limit" + " 0.1");
    }

    @Test
    void countsWhereLittleDrifted() {
        fixture = new RunFixture(
                        MONGO.client(), MONGO.client(), RunFixture.profile("\"confirmation\": \"echo\"", false))
                .filled(20);
        token = fixture.confirmation();
        fixture.insert("people", "{_id: 'x1', name: 'n', age: 1}");
        fixture.insert("people", "{_id: 'x2', name: 'n', age: 1}");
        assertThat(execute(token).run().mode()).isEqualTo(RunMode.EXECUTE);
    }

    @Test
    void isVoidWhereLiveWasReplacedSince() {
        String second = fixture.confirmation();
        execute(token).toEnd();
        assertThatThrownBy(() -> execute(second))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("is void: run ")
                .hasMessageContaining("replaced");
    }

    @Test
    void isRefusedInAnotherEnvironment() {
        fixture.control("runs").updateMany(new BsonDocument(), BsonDocument.parse("{$set: {environment: 'other'}}"));
        assertThatThrownBy(() -> execute(token))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("not one that a dry run of this environment handed out");
    }

    /** An environment may ask for the hash of the plan instead; the dry run must precede all the same. */
    @Test
    void theHashOfThePlanMayCountInItsPlace() {
        fixture = new RunFixture(
                        MONGO.client(),
                        MONGO.client(),
                        RunFixture.profile("\"confirmation\": \"plan-hash\", \"dryRun\": {\"maxAgeHours\": 2}", false))
                .filled(5);
        assertThatThrownBy(() -> execute("0".repeat(64)))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("expects the hash of plan people");
        assertThatThrownBy(() -> execute(fixture.planHash()))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("no passed dry run of the last 2 hours");
        assertThat(fixture.confirmation()).isEqualTo(fixture.planHash());
        fixture.clock().pass(Duration.ofHours(2).plusMillis(1));
        assertThatThrownBy(() -> execute(fixture.planHash())).isInstanceOf(ConfirmationInvalid.class);
        fixture.confirmation();
        fixture.collection("people").deleteOne(new BsonDocument());
        assertThatThrownBy(() -> execute(fixture.planHash()))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("no longer counts: source people");
        fixture.clock().pass(Duration.ofSeconds(1));
        fixture.confirmation();
        assertThat(execute(fixture.planHash()).toEnd().ending()).hasToString("CUT_OVER");
    }

    /** A profile may allow less than an hour, which is no reason to say "0 hours". */
    @ParameterizedTest
    @CsvSource({"0.1, 6 minutes", "1, 1 hour", "1.5, 1 hour 30 minutes", "24, 24 hours"})
    void theAgeThatIsAllowedIsNamed(String maxAgeHours, String shown) {
        fixture = new RunFixture(
                        MONGO.client(),
                        MONGO.client(),
                        RunFixture.profile(
                                "\"confirmation\": \"plan-hash\", \"dryRun\": {\"maxAgeHours\": %s}"
                                        .formatted(maxAgeHours),
                                false))
                .filled(5);
        assertThatThrownBy(() -> execute(fixture.planHash()))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("has no passed dry run of the last " + shown + " in this environment");
    }

    @Test
    void isNotHandedOutByADryRunThatFailed() {
        RunDriver dryRun = fixture.admit(fixture.request("DRY_RUN")).upTo("verify");
        Run closed = dryRun.closed(ExecutionStatus.ABORTED);
        assertThat(closed.confirm()).isNull();
        assertThat(closed.receipt().has("confirm")).isFalse();
    }

    /** Nothing is written before admission, so a refusal must not use it up. */
    @Test
    void countsAgainAfterARefusalForALockedTarget() {
        RunDriver holder = fixture.admit(fixture.request("DRY_RUN"));
        assertThatThrownBy(() -> execute(token)).isInstanceOf(TargetLocked.class);
        holder.closed(ExecutionStatus.ABORTED);
        assertThat(execute(token).run().mode()).isEqualTo(RunMode.EXECUTE);
    }

    /** Another call of the same admission is through between two looks of this one. */
    @Test
    void isNotUsedUpByAnotherCallOfTheSameAdmission() {
        String dryRunId = token.substring(0, token.lastIndexOf('.'));
        JsonNode event = fixture.admission(fixture.request("EXECUTE").put("confirm", token), fixture.newExecution());
        AtomicReference<JsonNode> other = new AtomicReference<>();
        CommandListener between = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent command) {
                if (command.getCommand().toJson().contains("\"_id\": \"" + dryRunId) && other.get() == null) {
                    other.set(fixture.call("admit", event));
                }
            }
        };
        JsonNode answer = fixture.stagesOf(MONGO.newClient("", between)).call("admit", event);
        assertThat(answer).isEqualTo(other.get());
        assertThat(fixture.run(answer.get("runId").textValue()).state()).isEqualTo(RunState.OPEN);
    }

    private RunDriver execute(String confirm) {
        return fixture.admit(fixture.request("EXECUTE").put("confirm", confirm));
    }
}
