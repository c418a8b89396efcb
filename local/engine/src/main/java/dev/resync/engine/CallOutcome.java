package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of a function call. Written by the calling thread, read after the strand has taken over. */
final class CallOutcome {
    private volatile JsonNode answer;
    private volatile StatesError failure;

    void become(LambdaInvoker invoker, Invocation invocation) {
        try {
            JsonNode given = invoker.invoke(invocation.functionArn(), invocation.payload());
            answer = given == null ? Json.NODES.nullNode() : given;
        } catch (FunctionError e) {
            failure = new StatesError(e.errorType(), e.cause());
        } catch (RuntimeException | Error e) {
            failure = new StatesError("Lambda.Unknown", e.toString());
        }
    }

    JsonNode answer() {
        return answer;
    }

    StatesError failure() {
        return failure;
    }
}
