package dev.resync.bench.contender;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.run.NextCommands;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.util.List;

/** What runs of the benchmark are asked for, in an environment that wants no dry run first: it would only be measured twice. */
public final class Requests {

    /** Nobody reads the receipts. */
    public static final NextCommands NO_COMMANDS = new NextCommands() {
        @Override
        public String dryRun(Run run) {
            return "";
        }

        @Override
        public String realRun(Run dryRun, String token) {
            return "";
        }

        @Override
        public String restore(Run run, String snapshot, List<String> only) {
            return "";
        }

        @Override
        public String restoreDryRun(Run run, String snapshot, List<String> only) {
            return "";
        }
    };

    private static final String ENVIRONMENT = "bench";

    private final Ground ground;

    /** @param ground whose plan, concurrency and size of chunks they ask for */
    public Requests(Ground ground) {
        this.ground = ground;
    }

    /** Returns the profile of the benchmark's environment. */
    public Environment environment() {
        ObjectNode profile = LocalEnvironment.profile(ENVIRONMENT, Colour.GREEN, ground.concurrency());
        profile.put("confirmation", "plan-hash").putObject("dryRun").put("required", false);
        return new EnvironmentReader().read(profile.toString());
    }

    /** Returns the request of a real run. */
    public ObjectNode execute() {
        return request("EXECUTE")
                .put("plan", ground.plan().name())
                .put("confirm", ground.plan().hash());
    }

    /** Returns the request to bring a snapshot back. */
    public ObjectNode restore(String snapshot) {
        return request("RESTORE").put("snapshot", snapshot);
    }

    private ObjectNode request(String mode) {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", ENVIRONMENT)
                .put("mode", mode)
                .put("requestedBy", "benchmark")
                .put("reason", "to measure it")
                .put("concurrency", ground.concurrency())
                .put("chunkDocuments", ground.chunkDocuments());
    }
}
