package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.lambda.FunctionPackage;
import dev.resync.cli.lambda.FunctionProcess;
import dev.resync.cli.wire.WireProxy;
import dev.resync.cli.wire.WireRule;
import dev.resync.engine.FunctionError;
import dev.resync.error.RequestInvalid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/** The functions as processes, started when they are needed and kept for the next call, as Lambda does. */
final class FunctionProcesses implements AutoCloseable {

    /**
     * Functions that ask the database alone. The others ask Step Functions as well, which has no endpoint here; they die
     * with the engine's process instead.
     */
    static final Set<String> FUNCTIONS = Set.of(
            "plan-chunks",
            "snapshot-chunk",
            "seal-snapshot",
            "sync-chunk",
            "seal-staging",
            "map-chunk",
            "seal-shadow",
            "verify",
            "catch-up",
            "pre-cut-over",
            "cut-over",
            "apply-chunk",
            "restore-chunk",
            "finish");

    private final DrillServer server;
    private final String plan;
    private final String artifact;
    private final FunctionPackage deployed;
    private final Map<String, Deque<Served>> idle = new ConcurrentHashMap<>();
    private final Set<Served> all = ConcurrentHashMap.newKeySet();

    /**
     * A process and the proxy between it and the database.
     *
     * @param process serves one function
     * @param proxy serves that process alone
     */
    private record Served(FunctionProcess process, WireProxy proxy) {}

    /**
     * @param home the repository, with the functions' package built
     * @param folder scratch folder that holds {@code plans}
     * @param plan name of the plan
     * @param artifact version that the functions are to work as
     * @throws RequestInvalid where the package is not built
     */
    FunctionProcesses(Path home, Path folder, DrillServer server, String plan, String artifact) {
        Path zip = home.resolve("functions/stages/target/function.zip");
        Path runtime = home.resolve("local/cli/target/function-runtime");
        if (!Files.isRegularFile(zip) || !Files.isDirectory(runtime)) {
            throw new RequestInvalid("The functions' package " + zip + " or the runtime client in " + runtime
                    + " is missing; the fault KILL_FUNCTION needs both. Build them with ./mvnw package, or leave that fault"
                    + " out of --faults.");
        }
        this.server = server;
        this.plan = plan;
        this.artifact = artifact;
        deployed = FunctionPackage.managed(zip, runtime, folder);
    }

    /**
     * Calls a function in a process of its own.
     *
     * @param rule judges what that process sends to the database
     * @throws FunctionError what the function says instead of an answer; {@code Runtime.ExitError} where it was killed
     */
    JsonNode call(String function, JsonNode payload, Function<FunctionProcess, WireRule> rule) throws FunctionError {
        Deque<Served> waiting = idle.computeIfAbsent(function, name -> new ConcurrentLinkedDeque<>());
        Served served = waiting.poll();
        if (served == null) {
            served = start(function);
        }
        served.proxy().use(rule.apply(served.process()));
        try {
            return served.process().call(payload);
        } finally {
            served.proxy().use(WireRule.PASS);
            if (served.process().isAlive()) {
                waiting.push(served);
            }
        }
    }

    /**
     * Starts a process.
     *
     * @throws FunctionError as the service says it where a process dies at its start
     */
    private Served start(String function) throws FunctionError {
        WireProxy proxy = new WireProxy(server.address());
        Map<String, String> environment = Map.of(
                "RESYNC_ENVIRONMENT",
                Ground.PROFILE.toString(),
                "RESYNC_PLANS",
                plan,
                "RESYNC_MONGO_URI",
                server.through(proxy, "serverSelectionTimeoutMS=5000"),
                "RESYNC_ARTIFACT",
                artifact,
                "AWS_REGION",
                "eu-west-2");
        FunctionProcess process = new FunctionProcess(function, deployed, environment);
        Served served = new Served(process, proxy);
        all.add(served);
        process.awaitReady();
        return served;
    }

    @Override
    public void close() {
        all.forEach(served -> {
            served.process().close();
            served.proxy().close();
        });
    }
}
