package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.engine.Engine;
import dev.resync.engine.TaskDoesNotExist;
import dev.resync.engine.TaskTimedOut;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Answers tasks that wait for their token. */
final class TaskActions {

    private static final int LONGEST_TOKEN = 2_048;
    private static final int PAYLOAD_BYTES = 262_144;
    private static final int LONGEST_ERROR = 256;
    private static final int LONGEST_CAUSE = 32_768;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=_-]+");

    private final Supplier<LocalPlatform> platform;

    TaskActions(Supplier<LocalPlatform> platform) {
        this.platform = platform;
    }

    Map<String, Action> table() {
        return Map.of(
                "SendTaskSuccess", this::success,
                "SendTaskFailure", this::failure,
                "SendTaskHeartbeat", this::heartbeat);
    }

    private ObjectNode success(Request request) {
        String token = token(request);
        JsonNode output = JsonText.parse(request.text("output", PAYLOAD_BYTES), "InvalidOutput", "output");
        return report(token, (engine, given) -> engine.sendTaskSuccess(given, output));
    }

    private ObjectNode failure(Request request) {
        String token = token(request);
        String error = request.optionalText("error", LONGEST_ERROR);
        String cause = request.optionalText("cause", LONGEST_CAUSE);
        return report(token, (engine, given) -> engine.sendTaskFailure(given, error, cause));
    }

    private ObjectNode heartbeat(Request request) {
        return report(token(request), Engine::sendTaskHeartbeat);
    }

    private ObjectNode report(String token, BiConsumer<Engine, String> report) {
        try {
            report.accept(platform.get().engine(), token);
            return Shapes.object();
        } catch (TaskTimedOut e) {
            throw new ApiError("TaskTimedOut", "Task Timed Out: the task of this token is over.");
        } catch (TaskDoesNotExist e) {
            throw new ApiError("TaskDoesNotExist", "Task does not exist: none was given this token.");
        }
    }

    private static String token(Request request) {
        String token = request.text("taskToken", LONGEST_TOKEN);
        if (!TOKEN.matcher(token).matches()) {
            throw new ApiError("InvalidToken", "Invalid Token: taskToken has characters that no token has.");
        }
        return token;
    }
}
