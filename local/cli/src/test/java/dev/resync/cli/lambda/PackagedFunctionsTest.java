package dev.resync.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.approval.Approvals;
import dev.resync.engine.FunctionError;
import dev.resync.engine.VirtualTime;
import dev.resync.error.RequestInvalid;
import dev.resync.error.RunHeld;
import dev.resync.hash.ContentHash;
import dev.resync.pace.PaceControl;
import dev.resync.run.AuditTrail;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.stage.StageContext;
import dev.resync.stage.Stages;
import dev.resync.store.ControlJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** All functions as they are deployed, each in a process of its own, over Lambda's Runtime API. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@EnabledIf(value = "dev.resync.cli.lambda.TestedPackage#startable", disabledReason = "its runtime client is for Linux")
class PackagedFunctionsTest {

    /** All but one: there is no event that reconcile would not take. */
    static final List<String> FUNCTIONS = Stages.FUNCTIONS.stream()
            .filter(function -> !function.equals("reconcile"))
            .toList();

    private static final Duration BOUND = Duration.ofMinutes(2);
    /** Largest event that Step Functions hands to a function, in bytes. */
    private static final int LARGEST = 262_144;

    private Deployment deployment;

    @BeforeAll
    void deploy(@TempDir Path folder) {
        deployment = new Deployment(TestedPackage.in(folder));
    }

    @AfterAll
    void close() {
        deployment.close();
    }

    @Test
    @Order(1)
    void aDryRunARealRunAndItsRestoreEndAsTheyShould() throws FunctionError {
        Map<String, ContentHash> old = deployment.live();
        Run dryRun = deployment.finished(deployment.platform.startResync(null, deployment.request("DRY_RUN")));
        assertThat(dryRun.error()).isNull();
        assertThat(dryRun.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(deployment.live()).isEqualTo(old);

        Run run = deployment.finished(approved());
        assertThat(run.error()).isNull();
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(deployment.live()).isNotEqualTo(old).isEqualTo(run.verdict().shadows());

        Run restored = deployment.finished(deployment.platform.startRestore(
                null,
                deployment.request("RESTORE").put("snapshot", run.snapshot()).without("plan")));
        assertThat(restored.error()).isNull();
        assertThat(restored.ending()).isEqualTo(Ending.RESTORED);
        assertThat(deployment.live()).isEqualTo(old);
    }

    private String approved() {
        try (VirtualTime.Hold still = deployment.holdTime()) {
            assertThat(still).isNotNull();
            String execution = deployment.platform.startResync(null, deployment.confirmed());
            Run waiting = awaitApproval(execution);
            new Approvals(context()).approve(waiting.id(), "Grace Example", null, null);
            deployment
                    .platform
                    .engine()
                    .sendTaskSuccess(waiting.approvalToken(), JsonNodeFactory.instance.objectNode());
            return execution;
        }
    }

    private Run awaitApproval(String execution) {
        await().atMost(BOUND).until(() -> context()
                .runs()
                .findByExecution(execution)
                .filter(run -> run.approvalToken() != null)
                .isPresent());
        return context().runs().findByExecution(execution).orElseThrow();
    }

    private StageContext context() {
        return deployment.platform.context();
    }

    /** Step Functions matches the error type with the names that the state machines list. */
    @ParameterizedTest
    @FieldSource("FUNCTIONS")
    @Order(2)
    void anErrorArrivesUnderItsFullClassName(String function) {
        FunctionError error =
                refused(function, JsonNodeFactory.instance.arrayNode().add(1));
        assertThat(error.errorType()).isEqualTo(RequestInvalid.class.getName());
        assertThat(error.errorMessage()).contains("function " + function);
        assertThat(deployment.process(function).isAlive()).isTrue();
    }

    private FunctionError refused(String function, JsonNode event) {
        return catchThrowableOfType(FunctionError.class, () -> deployment.call(function, event));
    }

    @Test
    @Order(3)
    void anEventOf256KibIsTakenAsAnyOther() throws FunctionError {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("padding", "");
        event.put("padding", "é".repeat((LARGEST - event.toString().length()) / 2));
        assertThat(event.toString().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(LARGEST - 1, LARGEST);
        assertThat(deployment.call("reconcile", event).has("swept")).isTrue();

        FunctionError error =
                refused("admit", ControlJson.mapper().createObjectNode().set("request", event));
        assertThat(error.errorType()).isEqualTo(RequestInvalid.class.getName());
        assertThat(error.errorMessage()).contains("padding").hasSizeLessThan(10_000);
    }

    @Test
    @Order(4)
    void aChunkThatMustWaitStopsWithTimeToSpareAndIsDoneByTheRetry() throws FunctionError {
        Map<String, ContentHash> before = deployment.live();
        ObjectNode event = ControlJson.mapper().createObjectNode();
        event.putArray("accepts").add("DRY_RUN").add("EXECUTE");
        event.set("request", deployment.request("DRY_RUN"));
        JsonNode admitted = deployment.call(
                "admit",
                event.put("execution", "arn:aws:states:eu-west-2:000000000000:execution:resync:by-hand")
                        .put("startedAt", context().clock().instant().toString()));
        String runId = admitted.path("runId").asText();
        ObjectNode input = ControlJson.mapper()
                .createObjectNode()
                .put("runId", runId)
                .put("epoch", admitted.path("epoch").asLong());
        deployment.call("plan-chunks", input);
        PaceControl pace =
                new PaceControl(context().runs(), context().audit(), context().clock(), "test");
        pace.hold(runId, asked());

        Duration lifetime = Duration.ofSeconds(125);
        long begun = System.nanoTime();
        FunctionError held = catchThrowableOfType(
                FunctionError.class,
                () -> deployment.process("snapshot-chunk").call(input.deepCopy().put("index", 0), lifetime));
        assertThat(held.errorType()).isEqualTo(RunHeld.class.getName());
        assertThat(held.errorMessage()).contains(runId);
        // A call that does not know its deadline waits for five minutes.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(lifetime);

        pace.release(runId, asked());
        assertThat(deployment
                        .call("snapshot-chunk", input.deepCopy().put("index", 0))
                        .path("done")
                        .asBoolean())
                .isTrue();

        // Nobody executes it, so the reconciler gives it to the restore state machine.
        assertThat(deployment
                        .call("reconcile", JsonNodeFactory.instance.objectNode())
                        .path("closing"))
                .extracting(JsonNode::asText)
                .containsExactly(runId);
        assertThat(deployment.closed(runId).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(deployment.live()).isEqualTo(before);
        assertThat(deployment.called()).containsExactlyElementsOf(Stages.FUNCTIONS);
    }

    private static AuditTrail.Asked asked() {
        return new AuditTrail.Asked("Ada Example", null, "command-line", null, null, "a test");
    }
}
