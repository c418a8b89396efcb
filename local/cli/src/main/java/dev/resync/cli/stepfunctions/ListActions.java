package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.MapRunDoesNotExist;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Lists executions: of a machine, of the children of all runs of one map, or of one map run. */
final class ListActions {

    private final Supplier<LocalPlatform> platform;

    private enum StatusFilter {
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED,
        PENDING_REDRIVE
    }

    private enum RedriveFilter {
        REDRIVEN,
        NOT_REDRIVEN
    }

    ListActions(Supplier<LocalPlatform> platform) {
        this.platform = platform;
    }

    Map<String, Action> table() {
        return Map.of("ListExecutions", this::list);
    }

    private ObjectNode list(Request request) {
        StatusFilter status = request.oneOf("statusFilter", StatusFilter.class);
        RedriveFilter redrive = request.oneOf("redriveFilter", RedriveFilter.class);
        if (request.has("stateMachineArn") == request.has("mapRunArn")) {
            throw ApiError.validation("Give either stateMachineArn or mapRunArn.");
        }
        if (redrive != null && !request.has("mapRunArn")) {
            throw ApiError.validation("redriveFilter is for the executions of a map run: give mapRunArn with it.");
        }
        List<ExecutionDescription> found = all(request).stream()
                .filter(execution -> status == null || execution.status().name().equals(status.name()))
                .filter(execution ->
                        redrive == null || (redrive == RedriveFilter.REDRIVEN) == (execution.redriveCount() > 0))
                .toList();
        return Page.of(
                Shapes.object(),
                "executions",
                request,
                found,
                ExecutionDescription::executionArn,
                execution -> shown(execution, request.has("mapRunArn")));
    }

    private List<ExecutionDescription> all(Request request) {
        if (request.has("mapRunArn")) {
            String mapRun = Arns.mapRun(request);
            try {
                return platform.get().engine().listMapRunExecutions(mapRun);
            } catch (MapRunDoesNotExist e) {
                throw MapRunActions.unknown(mapRun);
            }
        }
        String machine = Arns.machine(request);
        NamedMachine.find(platform.get().engine(), machine);
        return platform.get().engine().listExecutions(machine);
    }

    private static ObjectNode shown(ExecutionDescription execution, boolean ofMapRun) {
        ObjectNode shown = ExecutionShapes.listed(execution);
        // Items are not put together here: each child has one.
        return ofMapRun ? shown.put("itemCount", 1) : shown;
    }
}
