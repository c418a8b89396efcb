package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Makes the injection of a planned fault for one execution. */
final class Injections {

    private static final String UNKNOWN = ":execution:resync:nobody-knows";

    private final Ground ground;
    private final FunctionProcesses processes;
    private final InFlight inFlight = new InFlight();
    /** Known only once the execution is started, which may be after it was struck. */
    private final AtomicReference<CompletableFuture<String>> execution =
            new AtomicReference<>(new CompletableFuture<>());

    Injections(Ground ground, FunctionProcesses processes) {
        this.ground = ground;
        this.processes = processes;
    }

    /** Returns an injection; the execution that it is for must be named by {@link #started}. */
    Injection of(Fault fault) {
        execution.set(new CompletableFuture<>());
        return switch (fault.kind()) {
            case STOP, LOST_EVENT, DOUBLED_EVENT, CLOCK_SKEW -> new StopInjection(fault, () -> stop(fault));
            case LATE_CALL, LATE_WRITE -> new LateInjection(fault, () -> stop(fault), inFlight);
            case DUPLICATE_CALL -> new DuplicateInjection(fault, inFlight);
            case STRAY_EVENT -> new StrayEventInjection(fault, this::sendStrayEvent);
            case KILL_FUNCTION -> new KillFunctionInjection(fault, processes);
            // It strikes a process of its own, through a proxy of its own: nothing happens to what is called here.
            case KILL_ENGINE -> new Injection(fault);
            default -> new WireInjection(fault);
        };
    }

    /** Says which execution the injection is for. */
    void started(String arn) {
        execution.get().complete(arn);
    }

    private void stop(Fault fault) {
        String arn = execution.get().join();
        ground.stopwatch().start();
        boolean restore = fault.phase() == Fault.Phase.RESTORE;
        // No event closes a restore that was asked for; who stops it has it closed, or dies before that.
        if (restore && fault.kind() != FaultKind.LOST_EVENT) {
            ground.platform().stop(arn, "drill");
            if (fault.kind() == FaultKind.DOUBLED_EVENT) {
                close(arn);
            }
        } else {
            ground.platform().engine().stopExecution(arn, "Drill.Stopped", "drill");
        }
        if (fault.kind() == FaultKind.LOST_EVENT) {
            ground.stopwatch().reset();
        }
    }

    private void close(String arn) {
        Optional<Run> run = ground.platform().context().runs().findByExecution(arn);
        run.ifPresent(found -> ground.platform()
                .startRestore(null, ControlJson.mapper().createObjectNode().put("runId", found.id())));
    }

    /** An execution that nobody knows, one that is still at work, and a child of one's map. */
    private void sendStrayEvent(int variant) {
        String arn = execution.get().join();
        String named =
                switch (variant % 3) {
                    case 0 -> arn.substring(0, arn.indexOf(":execution:")) + UNKNOWN;
                    case 1 -> arn;
                    default -> arn.replace(":execution:resync:", ":execution:resync/MapChunks:") + "-0";
                };
        ObjectNode event = ControlJson.mapper().createObjectNode();
        event.putObject("detail")
                .put("executionArn", named)
                .put("status", "FAILED")
                .put("stopDate", ground.platform().context().clock().millis());
        ground.platform().startRestore(null, event);
    }
}
