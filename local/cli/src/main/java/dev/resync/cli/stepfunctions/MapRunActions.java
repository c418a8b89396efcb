package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.engine.Engine;
import dev.resync.engine.ExecutionDoesNotExist;
import dev.resync.engine.MapRunClosed;
import dev.resync.engine.MapRunCounts;
import dev.resync.engine.MapRunDescription;
import dev.resync.engine.MapRunDoesNotExist;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Shows map runs, and changes those under way. */
final class MapRunActions {

    private static final int HUNDRED = 100;

    private final Supplier<LocalPlatform> platform;

    MapRunActions(Supplier<LocalPlatform> platform) {
        this.platform = platform;
    }

    Map<String, Action> table() {
        return Map.of("ListMapRuns", this::list, "DescribeMapRun", this::describe, "UpdateMapRun", this::update);
    }

    static ApiError unknown(String mapRun) {
        return new ApiError("ResourceNotFound", "Resource not found: '" + mapRun + "'");
    }

    private Engine engine() {
        return platform.get().engine();
    }

    private ObjectNode list(Request request) {
        String execution = Arns.execution(request);
        List<MapRunDescription> mapRuns;
        try {
            mapRuns = engine().listMapRuns(execution);
        } catch (ExecutionDoesNotExist e) {
            throw new ApiError("ExecutionDoesNotExist", "Execution Does Not Exist: '" + execution + "'");
        }
        return Page.of(
                Shapes.object(), "mapRuns", request, mapRuns, MapRunDescription::mapRunArn, mapRun -> begun(mapRun)
                        .put("stateMachineArn", mapRun.stateMachineArn()));
    }

    private static ObjectNode begun(MapRunDescription mapRun) {
        ObjectNode answer =
                Shapes.object().put("mapRunArn", mapRun.mapRunArn()).put("executionArn", mapRun.executionArn());
        Shapes.put(answer, "startDate", mapRun.startDate());
        Shapes.put(answer, "stopDate", mapRun.stopDate());
        return answer;
    }

    private ObjectNode describe(Request request) {
        String arn = Arns.mapRun(request);
        MapRunDescription mapRun;
        try {
            mapRun = engine().describeMapRun(arn);
        } catch (MapRunDoesNotExist e) {
            throw unknown(arn);
        }
        MapRunDescription.Settings settings = mapRun.settings();
        Long tolerated = settings.toleratedFailureCount();
        Double share = settings.toleratedFailurePercentage();
        ObjectNode answer = begun(mapRun)
                .put("status", mapRun.status().name())
                .put("maxConcurrency", settings.maxConcurrency())
                .put("toleratedFailureCount", tolerated == null ? 0 : tolerated)
                .put("toleratedFailurePercentage", share == null ? 0 : share)
                .put("redriveCount", mapRun.redriveCount());
        answer.set("itemCounts", counts(mapRun.counts()));
        answer.set("executionCounts", counts(mapRun.counts()));
        Shapes.put(answer, "redriveDate", mapRun.redriveDate());
        return answer;
    }

    private static ObjectNode counts(MapRunCounts counts) {
        return Shapes.object()
                .put("pending", counts.pending())
                .put("running", counts.running())
                .put("succeeded", counts.succeeded())
                .put("failed", counts.failed())
                .put("timedOut", counts.timedOut())
                .put("aborted", counts.aborted())
                .put("total", counts.total())
                // Without a ResultWriter there are none.
                .put("resultsWritten", 0)
                .put("failuresNotRedrivable", 0)
                .put("pendingRedrive", counts.pendingRedrive());
    }

    private ObjectNode update(Request request) {
        String mapRun = Arns.mapRun(request);
        Long concurrency = request.whole("maxConcurrency", 0, Integer.MAX_VALUE);
        Long tolerated = request.whole("toleratedFailureCount", 0, Long.MAX_VALUE);
        Double share = request.number("toleratedFailurePercentage", 0, HUNDRED);
        if (concurrency == null && tolerated == null && share == null) {
            throw ApiError.validation(
                    "Give maxConcurrency, toleratedFailureCount or toleratedFailurePercentage: what is to be changed.");
        }
        try {
            engine().updateMapRun(
                            mapRun,
                            now -> new MapRunDescription.Settings(
                                    concurrency == null ? now.maxConcurrency() : concurrency.intValue(),
                                    tolerated == null ? now.toleratedFailureCount() : tolerated,
                                    share == null ? now.toleratedFailurePercentage() : share));
        } catch (MapRunDoesNotExist e) {
            throw unknown(mapRun);
        } catch (MapRunClosed e) {
            throw ApiError.validation("Only a map run under way can be changed: " + e.getMessage());
        }
        return Shapes.object();
    }
}
