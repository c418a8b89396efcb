package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.JavaCommand;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireProxy;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Carries out a request by the command line in a process of its own, and kills it. */
final class EngineProcesses {

    private static final int BOUND_SECONDS = 120;
    private static final Map<String, String> OPTIONS = Map.of(
            "confirm", "--confirm",
            "snapshot", "--snapshot",
            "requestedBy", "--requested-by",
            "reason", "--reason",
            "environment", "--environment",
            "chunkDocuments", "--chunk-documents");

    private final Ground ground;
    private final DrillServer server;
    private final Path plan;
    private final Class<?> mainClass;

    /** @param mainClass of the command line */
    EngineProcesses(Ground ground, DrillServer server, Path plan, Class<?> mainClass) {
        this.ground = ground;
        this.server = server;
        this.plan = plan;
        this.mainClass = mainClass;
    }

    /**
     * Carries out a request until the fault strikes.
     *
     * @param onHit told that the process was killed
     * @return its run, if it got as far as that
     */
    Optional<Run> kill(Fault fault, ObjectNode request, Runnable onHit) {
        Set<String> known = runs().stream().map(Run::id).collect(Collectors.toSet());
        AtomicReference<Process> process = new AtomicReference<>();
        Injection counting = new Injection(fault);
        Path said = plan.resolveSibling("engine-process.log");
        try (WireProxy proxy = new WireProxy(server.address())) {
            proxy.use(command -> killing(command, counting, process, onHit, fault.variant() % 2 == 0));
            Process started = new ProcessBuilder(command(request, proxy))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            process.set(started);
            if (!started.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                started.destroyForcibly().waitFor();
                throw new IllegalStateException("the engine's process did not end within two minutes");
            }
            if (!counting.hit() && started.exitValue() != 0) {
                throw new IllegalStateException("the engine's process failed: " + Files.readString(said));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the engine's process cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.get().destroyForcibly();
            throw new IllegalStateException("interrupted in a drill", e);
        }
        return runs().stream().filter(run -> !known.contains(run.id())).findFirst();
    }

    private static Fate killing(
            WireCommand command, Injection counting, AtomicReference<Process> process, Runnable onHit, boolean before) {
        // What its leases write says nothing of how far it is.
        if (!command.namespace().endsWith(".executions") && counting.strikes(command)) {
            onHit.run();
            kill(process.get());
            return before ? Fate.LOST : Fate.PASSED;
        }
        return Fate.PASSED;
    }

    private static void kill(Process process) {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Run> runs() {
        return ground.platform().context().runs().all();
    }

    private List<String> command(ObjectNode request, WireProxy proxy) {
        boolean restore = request.has("snapshot");
        List<String> command = JavaCommand.of(mainClass, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        command.addAll(List.of(
                restore ? "restore" : "run",
                "--json",
                "--concurrency",
                "2",
                "--mongo-uri",
                server.through(proxy, "serverSelectionTimeoutMS=5000")));
        if (!restore) {
            command.addAll(List.of("--plan", plan.toString(), "--resume-minutes", "60"));
        }
        OPTIONS.forEach((field, option) -> {
            if (request.has(field)) {
                command.addAll(List.of(option, request.path(field).asText()));
            }
        });
        return command;
    }
}
