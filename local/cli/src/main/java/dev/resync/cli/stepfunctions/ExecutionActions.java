package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.engine.ExecutionAlreadyExists;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionDoesNotExist;
import dev.resync.engine.ExecutionNotRedrivable;
import dev.resync.engine.HistoryEvent;
import dev.resync.engine.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Starts, stops, redrives and shows executions. What changes one goes through the platform, which holds its lease. */
final class ExecutionActions {

    private static final int PAYLOAD_BYTES = 262_144;
    private static final int LONGEST_NAME = 4 * 80;
    private static final int LONGEST_ERROR = 256;
    private static final int LONGEST_CAUSE = 32_768;
    private static final int LONGEST_CLIENT_TOKEN = 64;

    private final Supplier<LocalPlatform> platform;
    /** When an execution was redriven, by ARN and client token: who repeats a request gets the same answer. */
    private final Map<String, Instant> redrives = new ConcurrentHashMap<>();

    ExecutionActions(Supplier<LocalPlatform> platform) {
        this.platform = platform;
    }

    Map<String, Action> table() {
        return Map.of(
                "StartExecution", this::start,
                "StopExecution", this::stop,
                "RedriveExecution", this::redrive,
                "DescribeExecution", this::describe,
                "GetExecutionHistory", this::history);
    }

    private ObjectNode start(Request request) {
        String machine = Arns.machine(request);
        String name = request.optionalText("name", LONGEST_NAME);
        if (name != null) {
            requireName(name);
        }
        String text = request.optionalText("input", PAYLOAD_BYTES);
        JsonNode input = JsonText.parse(text == null ? "{}" : text, "InvalidExecutionInput", "input");
        String execution;
        try {
            execution = start(machine, name, input);
        } catch (ExecutionAlreadyExists e) {
            throw new ApiError("ExecutionAlreadyExists", e.getMessage());
        } catch (IllegalArgumentException tooLarge) {
            throw new ApiError("InvalidExecutionInput", tooLarge.getMessage());
        }
        ObjectNode answer = Shapes.object().put("executionArn", execution);
        Shapes.put(answer, "startDate", find(execution).startDate());
        return answer;
    }

    private String start(String machine, String name, JsonNode input) {
        LocalPlatform started = platform.get();
        if (machine.equals(started.resyncMachine())) {
            return started.startResync(name, input);
        }
        if (machine.equals(started.restoreMachine())) {
            return started.startRestore(name, input);
        }
        throw NamedMachine.unknown(machine);
    }

    private static void requireName(String name) {
        try {
            Names.requireExecutionName(name);
        } catch (IllegalArgumentException e) {
            throw new ApiError("InvalidName", "Invalid Name: " + e.getMessage());
        }
    }

    private ObjectNode stop(Request request) {
        String execution = Arns.execution(request);
        String error = request.optionalText("error", LONGEST_ERROR);
        String cause = request.optionalText("cause", LONGEST_CAUSE);
        find(execution);
        ObjectNode answer = Shapes.object();
        Shapes.put(answer, "stopDate", platform.get().stop(execution, error, cause));
        return answer;
    }

    private ObjectNode redrive(Request request) {
        String execution = Arns.execution(request);
        String clientToken = request.optionalText("clientToken", LONGEST_CLIENT_TOKEN);
        find(execution);
        ObjectNode answer = Shapes.object();
        Shapes.put(
                answer,
                "redriveDate",
                clientToken == null
                        ? redrive(execution)
                        : redrives.computeIfAbsent(execution + ' ' + clientToken, token -> redrive(execution)));
        return answer;
    }

    private Instant redrive(String execution) {
        try {
            return platform.get().redrive(execution);
        } catch (ExecutionNotRedrivable e) {
            throw new ApiError("ExecutionNotRedrivable", "Execution cannot be redriven: " + e.getMessage());
        }
    }

    private ObjectNode describe(Request request) {
        String execution = Arns.execution(request);
        boolean data = IncludedData.all(request);
        return ExecutionShapes.described(find(execution), data);
    }

    private ObjectNode history(Request request) {
        String execution = Arns.execution(request);
        boolean data = request.flag("includeExecutionData", true);
        boolean reverse = request.flag("reverseOrder", false);
        find(execution);
        List<HistoryEvent> events = new ArrayList<>(platform.get().engine().getExecutionHistory(execution));
        if (reverse) {
            Collections.reverse(events);
        }
        return Page.of(
                Shapes.object(),
                "events",
                request,
                events,
                event -> String.valueOf(event.id()),
                event -> event.toJson(data));
    }

    private ExecutionDescription find(String execution) {
        try {
            return platform.get().engine().describeExecution(execution);
        } catch (ExecutionDoesNotExist e) {
            throw new ApiError("ExecutionDoesNotExist", "Execution Does Not Exist: '" + execution + "'");
        }
    }
}
