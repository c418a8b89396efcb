package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.drill.Fault.AfterFailure;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.engine.ExecutionNotRedrivable;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does once what a fault says is done after an execution has failed. */
final class Operator {

    private final LocalPlatform platform;
    private final AfterFailure after;
    private final ObjectNode request;
    private final AtomicBoolean acted = new AtomicBoolean();

    /** @param request who asks where, for a resume */
    Operator(LocalPlatform platform, AfterFailure after, ObjectNode request) {
        this.platform = platform;
        this.after = after;
        this.request = request;
    }

    /** An execution has failed, or was stopped: a redrive may come before anything else. */
    void stopped(JsonNode event) {
        JsonNode detail = event.path("detail");
        boolean failed = detail.path("status").asText().equals(ExecutionStatus.FAILED.name());
        if (failed && after == AfterFailure.REDRIVE && acted.compareAndSet(false, true)) {
            redrive(detail.path("executionArn").asText());
        }
    }

    /** A function has answered: that of a closing may have found the run suspended. */
    void answered(String function, JsonNode answer) {
        boolean waits =
                function.equals("close-run") && answer.path("outcome").asText().equals("WAIT");
        if (!waits || (after != AfterFailure.RESUME && after != AfterFailure.STOP)) {
            return;
        }
        Run run = platform.context().runs().require(answer.path("runId").asText());
        if (run.state() == RunState.SUSPENDED && acted.compareAndSet(false, true)) {
            if (after == AfterFailure.STOP) {
                platform.context()
                        .runs()
                        .endResume(run, platform.context().clock().instant());
            } else if (run.stagingEpoch() > 0) {
                resume(run);
            } else {
                redrive(run.execution());
            }
        }
    }

    private void redrive(String execution) {
        try {
            platform.engine().redriveExecution(execution);
        } catch (ExecutionNotRedrivable tooLate) {
            // Then the run is closed instead.
            return;
        }
    }

    private void resume(Run run) {
        ObjectNode resume = request.deepCopy().put("resume", run.id()).put("from", "MAP");
        resume.remove(List.of("mode", "chunkDocuments"));
        platform.startResync(null, resume);
    }
}
