package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.LocalPlatform;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The actions of the API by name, and those that AWS has and this does not. */
final class Actions {

    /** Of AWS Step Functions, API version 2016-11-23. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "CreateActivity",
            "CreateStateMachine",
            "CreateStateMachineAlias",
            "DeleteActivity",
            "DeleteStateMachine",
            "DeleteStateMachineAlias",
            "DeleteStateMachineVersion",
            "DescribeActivity",
            "DescribeStateMachineAlias",
            "DescribeStateMachineForExecution",
            "GetActivityTask",
            "ListActivities",
            "ListStateMachineAliases",
            "ListStateMachineVersions",
            "ListTagsForResource",
            "PublishStateMachineVersion",
            "StartSyncExecution",
            "TagResource",
            "TestState",
            "UntagResource",
            "UpdateStateMachine",
            "UpdateStateMachineAlias");

    private final Map<String, Action> table = new TreeMap<>();

    /** @param platform asked at each request */
    Actions(Supplier<LocalPlatform> platform) {
        table.putAll(new ExecutionActions(platform).table());
        table.putAll(new ListActions(platform).table());
        table.putAll(new MachineActions(platform).table());
        table.putAll(new MapRunActions(platform).table());
        table.putAll(new TaskActions(platform).table());
    }

    ObjectNode answer(Request request) {
        Action action = table.get(request.action());
        if (action == null) {
            throw new ApiError(
                    "UnknownOperationException",
                    request.action()
                            + (UNSUPPORTED.contains(request.action())
                                    ? " is not supported by this local endpoint"
                                    : " is no action of Step Functions")
                            + "; it answers " + String.join(", ", table.keySet()) + ".");
        }
        return action.answer(request);
    }

    /** Returns the names of all actions that AWS has. */
    Set<String> known() {
        Set<String> known = new TreeSet<>(table.keySet());
        known.addAll(UNSUPPORTED);
        return known;
    }

    /** Returns the names of those that are answered. */
    Set<String> supported() {
        return Set.copyOf(table.keySet());
    }
}
