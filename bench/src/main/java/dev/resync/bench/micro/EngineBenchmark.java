package dev.resync.bench.micro;

import dev.resync.engine.Engine;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.StateMachine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the local engine needs for a state, and for a child of a distributed map, with functions that do nothing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {

    private static final int STATES = 100;
    private static final Duration AT_MOST = Duration.ofMinutes(1);
    private static final String ARN = "arn:aws:states:local:000000000000:stateMachine:";
    private static final String TASK = """
            {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
             "Arguments": {"FunctionName": "nothing", "Payload": "{%% $states.input %%}"},
             "Output": "{%% $states.result.Payload %%}", %s}
            """;
    private static final String CHAIN = """
            {"QueryLanguage": "JSONata", "StartAt": "S0", "States": {%s}}
            """;
    private static final String MAP = """
            {"QueryLanguage": "JSONata", "StartAt": "Chunks", "States": {"Chunks": {
              "Type": "Map", "Items": "{%% [0..%d] %%}", "MaxConcurrency": 4,
              "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Chunk", "States": {"Chunk": %s}},
              "End": true}}}
            """;

    /** An engine and two machines. */
    @State(Scope.Benchmark)
    public static class Machines {
        private Engine engine;

        @Setup(Level.Trial)
        public void start() {
            engine = Engine.builder((function, payload) -> payload).build();
            String states = IntStream.range(0, STATES)
                    .mapToObj(i -> "\"S" + i + "\": "
                            + TASK.formatted(i == STATES - 1 ? "\"End\": true" : "\"Next\": \"S" + (i + 1) + "\""))
                    .collect(Collectors.joining(","));
            engine.register(StateMachine.load("chain", ARN + "chain", CHAIN.formatted(states)));
            engine.register(
                    StateMachine.load("map", ARN + "map", MAP.formatted(STATES - 1, TASK.formatted("\"End\": true"))));
        }

        @TearDown(Level.Trial)
        public void stop() {
            engine.close();
        }

        private ExecutionDescription execute(String machine) {
            ExecutionDescription ended =
                    engine.awaitExecution(engine.startExecution(ARN + machine, null, null), AT_MOST);
            if (ended.status() != ExecutionStatus.SUCCEEDED) {
                throw new IllegalStateException(machine + " ended " + ended.status() + ": " + ended.cause());
            }
            return ended;
        }
    }

    /** A Task state in a chain, its call included. */
    @Benchmark
    @OperationsPerInvocation(STATES)
    public ExecutionDescription engineState(Machines machines) {
        return machines.execute("chain");
    }

    /** A child execution of a distributed map, with one Task state. */
    @Benchmark
    @OperationsPerInvocation(STATES)
    public ExecutionDescription engineMapChild(Machines machines) {
        return machines.execute("map");
    }
}
