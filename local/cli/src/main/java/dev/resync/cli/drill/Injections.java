package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoNamespace;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the injection of a planned fault for one execution. */
final class Injections {

    private static final String UNKNOWN = ":execution:resync:nobody-knows";
    private static final Pattern OF_MACHINE = Pattern.compile(":execution:([^:]+):");
    private static final String STOPPED = "Drill.Stopped";
    private static final Duration LONGEST_FLIGHT = Duration.ofMinutes(1);

    private final Ground ground;
    private final FunctionProcesses processes;
    private final Set<String> live;
    private final InFlight inFlight = new InFlight(LONGEST_FLIGHT);
    /** Known only once the execution is started, which may be after it was struck. */
    private final AtomicReference<CompletableFuture<String>> execution =
            new AtomicReference<>(new CompletableFuture<>());

    Injections(Ground ground, FunctionProcesses processes) {
        this.live = ground.rehearsed().views().stream()
                .map(MongoNamespace::getFullName)
                .collect(Collectors.toSet());
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
            default -> new WireInjection(fault, live, ground::holdTime);
        };
    }

    /** Returns what strikes nothing and counts; as with {@link #of}, the execution must be named then. */
    Counting counting(Phase phase) {
        execution.set(new CompletableFuture<>());
        return new Counting(phase);
    }

    /**
     * Returns what stops the execution of a real run between its two targets.
     *
     * @param then called before that: what is to strike the closing
     */
    Injection stopBetweenTargets(Fault fault, Runnable then) {
        return new StopBetweenTargets(fault, ground.rehearsed().lastView(), () -> {
            then.run();
            ground.stopwatch().start();
            ground.platform().engine().stopExecution(execution.get().join(), STOPPED, "drill");
        });
    }

    /** Says which execution the injection is for. */
    void started(String arn) {
        execution.get().complete(arn);
    }

    /** Stops what is at work; returns whether its run is on record. */
    private boolean stop(Fault fault) {
        String arn = execution.get().join();
        ground.stopwatch().start();
        Optional<Run> run = ground.platform().context().runs().findByExecution(arn);
        List<String> atWork = fault.phase() == Phase.WAY_BACK ? ground.closings() : List.of(arn);
        atWork.forEach(execution -> ground.platform().engine().stopExecution(execution, STOPPED, "drill"));
        // No event tells of a restore or a closing: who stops it has its run closed, or dies before that.
        if (fault.phase() != Phase.EXECUTE && fault.kind() != FaultKind.LOST_EVENT) {
            int times = fault.kind() == FaultKind.DOUBLED_EVENT ? 2 : 1;
            for (int i = 0; i < times; i++) {
                run.ifPresent(found -> ground.platform().close(found, STOPPED, "drill"));
            }
        }
        return run.isPresent();
    }

    /** Returns the ARN that a child of a map of this execution could have. */
    static String childOf(String arn) {
        return OF_MACHINE.matcher(arn).replaceFirst(":execution:$1/snapshot:") + "-0";
    }

    /** An execution that nobody knows, one that is still at work, and a child of one's map. */
    private void sendStrayEvent(int variant) {
        String arn = execution.get().join();
        String named =
                switch (variant % 3) {
                    case 0 -> arn.substring(0, arn.indexOf(":execution:")) + UNKNOWN;
                    case 1 -> arn;
                    default -> childOf(arn);
                };
        ObjectNode event = ControlJson.mapper().createObjectNode();
        event.putObject("detail")
                .put("executionArn", named)
                .put("status", "FAILED")
                .put("stopDate", ground.platform().context().clock().millis());
        ground.platform().startRestore(null, event);
    }
}
