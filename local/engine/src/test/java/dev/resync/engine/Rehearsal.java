package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine with virtual time, counted ids and stub functions, and everything it reported. */
final class Rehearsal implements AutoCloseable {
    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    static final String ARN = "arn:aws:states:eu-central-1:000000000000:stateMachine:machine";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a stub function does. */
    @FunctionalInterface
    interface Stub {
        JsonNode answer(JsonNode payload) throws FunctionError;
    }

    final VirtualTime time;
    final List<JsonNode> events = Collections.synchronizedList(new ArrayList<>());
    final List<TransitionListener.Transition> transitions = Collections.synchronizedList(new ArrayList<>());
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final Engine engine;
    private final Map<String, Stub> functions = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    volatile TransitionListener onTransition = transition -> {};
    volatile double chance = 0.5;

    private Rehearsal(VirtualTime time, java.util.function.UnaryOperator<EngineBuilder> settings) {
        this.time = time;
        this.engine = settings.apply(Engine.builder(this::call)
                        .scheduler(time)
                        .random(() -> chance)
                        .ids(() -> "id" + ids.incrementAndGet())
                        .onStatusChange(events::add)
                        .onTransition(transitions::add)
                        .onTransition(transition -> onTransition.onTransition(transition)))
                .build();
    }

    static Rehearsal automatic() {
        return new Rehearsal(VirtualTime.automatic(START), builder -> builder);
    }

    static Rehearsal automatic(java.util.function.UnaryOperator<EngineBuilder> settings) {
        return new Rehearsal(VirtualTime.automatic(START), settings);
    }

    static Rehearsal manual() {
        return new Rehearsal(VirtualTime.manual(START), builder -> builder);
    }

    private JsonNode call(String function, JsonNode payload) throws FunctionError {
        calls.add(function);
        Stub stub = functions.get(function);
        if (stub == null) {
            throw new FunctionError("NoSuchFunction", function);
        }
        return stub.answer(payload);
    }

    Rehearsal function(String name, Stub stub) {
        functions.put(name, stub);
        return this;
    }

    static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A machine that starts at the first of the given states. */
    static StateMachine machine(String states) {
        return machine("", states);
    }

    static StateMachine machine(String topFields, String states) {
        String first = json("{" + states + "}").fieldNames().next();
        return StateMachine.load(
                "machine",
                ARN,
                "{\"QueryLanguage\":\"JSONata\"," + topFields + "\"StartAt\":\"" + first + "\",\"States\":{" + states
                        + "}}");
    }

    String start(StateMachine machine, String input) {
        engine.register(machine);
        return engine.startExecution(machine.arn(), null, json(input));
    }

    ExecutionDescription run(StateMachine machine, String input) {
        return await(start(machine, input));
    }

    ExecutionDescription run(String states, String input) {
        return run(machine(states), input);
    }

    /** The output of an execution that must succeed. */
    JsonNode output(String states, String input) {
        ExecutionDescription ended = run(states, input);
        assertThat(ended.status()).as("%s %s", ended.error(), ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return ended.output();
    }

    ExecutionDescription await(String arn) {
        ExecutionDescription ended = engine.awaitExecution(arn, PATIENCE);
        assertThat(ended.status()).as("ended in time").isNotEqualTo(ExecutionStatus.RUNNING);
        return ended;
    }

    void rest() {
        assertThat(time.awaitRest(PATIENCE)).as("came to rest").isTrue();
    }

    void idle() {
        assertThat(time.awaitIdle(PATIENCE)).as("no function runs any more").isTrue();
    }

    List<String> historyTypes(String arn) {
        return engine.getExecutionHistory(arn).stream()
                .map(event -> event.type().awsName())
                .toList();
    }

    List<String> statusesOf(String arn) {
        rest();
        synchronized (events) {
            return events.stream()
                    .map(event -> event.get("detail"))
                    .filter(detail -> detail.get("executionArn").asText().equals(arn))
                    .map(detail -> detail.get("status").asText())
                    .toList();
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
