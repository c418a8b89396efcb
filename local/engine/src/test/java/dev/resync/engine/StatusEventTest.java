package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StatusEventTest {
    private static final String WAIT_AND_SUCCEED =
            "\"W\":{\"Type\":\"Wait\",\"Seconds\":5,\"Next\":\"S\"},\"S\":{\"Type\":\"Succeed\",\"Output\":[1]}";

    @Test
    void eventsHaveTheShapeOfEventBridge() {
        try (Rehearsal rehearsal = Rehearsal.automatic()) {
            rehearsal.engine.register(Rehearsal.machine(WAIT_AND_SUCCEED));
            String arn = rehearsal.engine.startExecution(Rehearsal.ARN, "one", Rehearsal.json("{\"a\":1}"));
            rehearsal.await(arn);
            rehearsal.rest();
            assertThat(rehearsal.events).hasSize(2);
            // Through text, so that a long and an int of the same value are equal.
            JsonNode running = Rehearsal.json(rehearsal.events.get(0).toString());
            assertThat(running).isEqualTo(Rehearsal.json("""
                    {"version":"0","id":"id1","detail-type":"Step Functions Execution Status Change","source":"aws.states",
                     "account":"000000000000","time":"2030-01-01T00:00:00.000Z","region":"eu-central-1",
                     "resources":["arn:aws:states:eu-central-1:000000000000:execution:machine:one"],
                     "detail":{"executionArn":"arn:aws:states:eu-central-1:000000000000:execution:machine:one",
                       "stateMachineArn":"arn:aws:states:eu-central-1:000000000000:stateMachine:machine","name":"one",
                       "status":"RUNNING","startDate":1893456000000,"stopDate":null,"input":"{\\"a\\":1}",
                       "inputDetails":{"included":true},"output":null,"outputDetails":null,"error":null,"cause":null,
                       "redriveCount":0,"redriveDate":null,"redriveStatus":"NOT_REDRIVABLE",
                       "stateMachineVersionArn":null,"stateMachineAliasArn":null}}
                    """));
            JsonNode detail = rehearsal.events.get(1).get("detail");
            assertThat(detail.get("status").textValue()).isEqualTo("SUCCEEDED");
            assertThat(detail.get("output").textValue()).isEqualTo("[1]");
            assertThat(detail.get("stopDate").longValue())
                    .isEqualTo(Rehearsal.START.plusSeconds(5).toEpochMilli());
        }
    }

    /** Sizes count as they stand in the event, where each quote is escaped. */
    @Test
    void whatEventBridgeHasNoRoomForIsLeftOut() {
        try (Rehearsal rehearsal = Rehearsal.automatic()) {
            int most = 248 * 1024;
            String states = "\"P\":{\"Type\":\"Pass\",\"Output\":\"{% $states.input.output %}\",\"End\":true}";
            String small = "x".repeat(most / 2 - 100);
            rehearsal.run(states, "{\"output\":\"" + small + "\"}");
            rehearsal.rest();
            rehearsal.run(states, "{\"output\":\"" + small + "x".repeat(200) + "\"}");
            rehearsal.rest();
            rehearsal.run(states, "{\"output\":\"" + small + small + "x".repeat(300) + "\"}");
            rehearsal.rest();
            assertThat(rehearsal.events)
                    .extracting(event -> included(event, "input") + " " + included(event, "output"))
                    .containsExactly("true null", "true true", "true null", "false true", "false null", "false false");
        }
    }

    private static String included(JsonNode event, String data) {
        JsonNode details = event.at("/detail/" + data + "Details");
        assertThat(event.at("/detail/" + data).isTextual())
                .isEqualTo(details.path("included").asBoolean());
        return details.isNull() ? "null" : details.get("included").toString();
    }

    @Test
    void aFailureIsReportedWithErrorAndCause() {
        try (Rehearsal rehearsal = Rehearsal.automatic()) {
            rehearsal.run("\"F\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"C\"}", "{}");
            rehearsal.rest();
            JsonNode detail = rehearsal.events.get(1).get("detail");
            assertThat(detail.get("status").textValue()).isEqualTo("FAILED");
            assertThat(detail.get("error").textValue()).isEqualTo("E");
            assertThat(detail.get("cause").textValue()).isEqualTo("C");
            assertThat(detail.get("redriveStatus").textValue()).isEqualTo("REDRIVABLE");
        }
    }

    @Test
    void listenersThatThrowHurtNobody() {
        try (Rehearsal rehearsal = Rehearsal.automatic(builder -> builder.onStatusChange(event -> {
                    throw new IllegalStateException("status listener");
                })
                .onTransition(transition -> {
                    throw new IllegalStateException("transition listener");
                }))) {
            String arn = rehearsal.start(Rehearsal.machine(WAIT_AND_SUCCEED), "{}");
            assertThat(rehearsal.await(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(rehearsal.statusesOf(arn)).containsExactly("RUNNING", "SUCCEEDED");
        }
    }

    @Test
    void aSlowListenerDoesNotHoldUpTheExecution() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<String> thread = new AtomicReference<>();
        VirtualTime time = VirtualTime.manual(Rehearsal.START);
        try (Engine engine = Engine.builder((function, payload) -> payload)
                .scheduler(time)
                .onStatusChange(event -> {
                    thread.set(Thread.currentThread().getName());
                    InlineMapTest.awaitLatch(release);
                })
                .build()) {
            engine.register(Rehearsal.machine("\"S\":{\"Type\":\"Succeed\"}"));
            String arn = engine.startExecution(Rehearsal.ARN, null, null);
            assertThat(engine.awaitExecution(arn, Rehearsal.PATIENCE).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            release.countDown();
        }
        assertThat(thread.get()).startsWith("engine-events");
    }

    @Test
    void aListenerMayStartAnotherExecution() {
        AtomicReference<Engine> engine = new AtomicReference<>();
        AtomicReference<String> second = new AtomicReference<>();
        VirtualTime time = VirtualTime.automatic(Rehearsal.START);
        engine.set(Engine.builder((function, payload) -> payload)
                .scheduler(time)
                .onStatusChange(event -> {
                    boolean failed = event.at("/detail/status").textValue().equals("FAILED");
                    if (failed && second.get() == null) {
                        second.set(engine.get().startExecution(Rehearsal.ARN, "second", null));
                    }
                })
                .build());
        try (Engine running = engine.get()) {
            running.register(Rehearsal.machine("\"F\":{\"Type\":\"Fail\"}"));
            running.startExecution(Rehearsal.ARN, "first", null);
            assertThat(time.awaitRest(Rehearsal.PATIENCE)).isTrue();
            assertThat(running.describeExecution(second.get()).status()).isEqualTo(ExecutionStatus.FAILED);
        }
    }

    @Test
    void transitionsNameMachineExecutionStateAndType() {
        try (Rehearsal rehearsal = Rehearsal.automatic()) {
            String arn = rehearsal.start(Rehearsal.machine(WAIT_AND_SUCCEED), "{}");
            rehearsal.await(arn);
            assertThat(rehearsal.transitions)
                    .extracting(t -> t.direction() + " " + t.state() + " " + t.type())
                    .containsExactly("ENTERED W Wait", "EXITED W Wait", "ENTERED S Succeed", "EXITED S Succeed");
            assertThat(rehearsal.transitions).allSatisfy(t -> {
                assertThat(t.executionArn()).isEqualTo(arn);
                assertThat(t.stateMachineArn()).isEqualTo(Rehearsal.ARN);
            });
        }
    }
}
