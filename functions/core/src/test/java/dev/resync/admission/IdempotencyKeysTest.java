package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.TargetLocked;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.run.AuditTrail;
import dev.resync.run.ExecutionStatus;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets a key that an execution took before it died, or before its service knew of it. */
class IdempotencyKeysTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private ObjectNode request;
    private String holder;

    /** An execution takes the key and comes no further. */
    @BeforeEach
    void take() {
        fixture = new RunFixture(MONGO.client()).filled(5);
        request = fixture.request("DRY_RUN").put("idempotencyKey", "monthly-3");
        holder = fixture.newExecution();
        fixture.stops().dieAt("admit:keyed");
        assertThatThrownBy(() -> fixture.admit(request, holder)).isInstanceOf(Stops.Died.class);
        assertThat(holderOfTheKey()).isEqualTo(holder);
    }

    private BsonDocument key() {
        return fixture.control("requests").find().first();
    }

    private String holderOfTheKey() {
        return key().getString("execution").getValue();
    }

    private long runs() {
        return fixture.control("runs").countDocuments();
    }

    /** A service may not know yet what it has only just started, so that this says nothing. */
    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "RUNNING"})
    void itIsLeftToOneThatMayBeAtWork(ExecutionStatus status) {
        fixture.executions().set(holder, status);
        BsonDocument before = key();
        assertThatThrownBy(() -> fixture.admit(request))
                .isInstanceOf(TargetLocked.class)
                .hasMessageContaining("idempotencyKey monthly-3")
                .hasMessageContaining("is being admitted by execution " + holder)
                .hasMessageContaining("Ask again in a moment");
        assertThat(key()).isEqualTo(before);
        assertThat(runs()).isZero();
        assertThat(fixture.control("locks").countDocuments()).isZero();
        AuditTrail.Entry refused =
                fixture.context().audit().latest(null, "REFUSED", 1).get(0);
        assertThat(refused.detail()).startsWith("dev.resync.error.TargetLocked: ");

        assertThat(fixture.admit(request, holder).run().execution())
                .as("the holder goes on")
                .isEqualTo(holder);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "ABORTED", "TIMED_OUT"})
    void itIsTakenFromOneThatEndedWithoutARun(ExecutionStatus status) {
        fixture.executions().set(holder, status);
        String next = fixture.newExecution();
        RunDriver run = fixture.admit(request, next);
        assertThat(run.run().execution()).isEqualTo(next);
        assertThat(holderOfTheKey()).isEqualTo(next);
        assertThat(key().getString("run").getValue()).isEqualTo(run.runId());

        JsonNode late = fixture.call("admit", fixture.admission(request, holder));
        assertThat(late.get("runId").textValue())
                .as("the one that ended, redriven")
                .isEqualTo(run.runId());
        assertThat(late.get("alreadyStarted").booleanValue()).isTrue();
        assertThat(runs()).isOne();
    }

    /** Its run has begun, so that the same request is that run, however its execution ended. */
    @Test
    void itStaysWithTheRunOfOneThatFailedLater() {
        RunDriver run = fixture.admit(request, holder);
        fixture.executions().set(holder, ExecutionStatus.FAILED);
        JsonNode again = fixture.call("admit", fixture.admission(request, fixture.newExecution()));
        assertThat(again.get("runId").textValue()).isEqualTo(run.runId());
        assertThat(again.get("alreadyStarted").booleanValue()).isTrue();
        assertThat(holderOfTheKey()).isEqualTo(holder);
        assertThat(runs()).isOne();
    }
}
