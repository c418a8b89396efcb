package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClients;
import dev.resync.cli.Cli;
import dev.resync.cli.drill.SkewedClock;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.cli.progress.Progress;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.hash.ContentHash;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import dev.resync.run.Ending;
import dev.resync.run.RunMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Plays a story about gates: with the commands that a person would type, and the last run in the session that such a command
 * opens, where the story may get between the calls of its functions.
 */
final class GateStage implements AutoCloseable {

    private static final Environment ENVIRONMENT = environment();
    private static final List<String> WHO = List.of("--requested-by", "Ada", "--reason", "a story");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GateScenario scenario;
    private final GateDatabase database;
    private final JsonNode plan;
    private final Path file;
    private volatile Map<String, ContentHash> withoutTheRun;

    GateStage(GateScenario scenario, Path folder) throws IOException {
        this.scenario = scenario;
        this.file = folder.resolve(scenario.data() + ".json");
        plan = patched(
                scenario.data().equals("world")
                        ? Path.of(WorldDatabase.PLAN)
                        : WorldDatabase.PLANS.resolve("revalidation.json"));
        database = new GateDatabase(scenario.data());
        scenario.given().forEach(change -> database.change(change, null));
    }

    private JsonNode patched(Path original) throws IOException {
        JsonNode document = JSON.readTree(original.toFile());
        scenario.plan().forEach(patch -> patch.applyTo(document));
        Files.writeString(file, document.toString());
        return document;
    }

    /**
     * Makes a dry run; if it passes, changes the documents and makes the real run, and the restore where the story has one.
     *
     * @return the receipt of the last run
     */
    JsonNode play() {
        withoutTheRun = live();
        JsonNode dryRun = typed();
        String token = dryRun.path("confirm").asText();
        if (token.isEmpty()) {
            assertThat(scenario.documents()).as("what never happens").isEmpty();
            assertThat(scenario.during()).as("what never happens").isEmpty();
            return dryRun;
        }
        scenario.documents().forEach(change -> database.change(change, null));
        withoutTheRun = live();
        if (!scenario.restore()) {
            ObjectNode request = request(RunMode.EXECUTE)
                    .put("plan", plan.path("plan").asText())
                    .put("resumeMinutes", 0)
                    .put("confirm", token);
            return disturbed(null, platform -> platform.startResync(null, request));
        }
        Map<String, ContentHash> before = withoutTheRun;
        JsonNode real = typed("--confirm", token);
        assertThat(real.path("ending").asText()).as("%s", real.path("error")).isEqualTo(Ending.CUT_OVER.name());
        withoutTheRun = live();
        String snapshot = real.at("/snapshot/id").asText();
        ObjectNode request = request(RunMode.RESTORE).put("snapshot", snapshot);
        JsonNode restore = disturbed(snapshot, platform -> platform.startRestore(null, request));
        if (restore.path("ending").asText().equals(Ending.RESTORED.name())) {
            assertThat(live()).as("live is what it was before the run").isEqualTo(before);
        }
        return restore;
    }

    private JsonNode typed(String... others) {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--json", "--mongo-uri", database.uri(), "--environment", "test"));
        arguments.addAll(List.of("--plan", file.toString()));
        arguments.addAll(WHO);
        arguments.addAll(List.of(others));
        JsonNode receipt = Cli.type(arguments.toArray(String[]::new)).json();
        ReceiptSchema.requireKept(receipt);
        return receipt;
    }

    private static ObjectNode request(RunMode mode) {
        return JSON.createObjectNode()
                .put("environment", ENVIRONMENT.name())
                .put("mode", mode.name())
                .put("requestedBy", "Ada")
                .put("reason", "a story");
    }

    /** Makes a run in the middle of which happens what the story says. */
    private JsonNode disturbed(String snapshot, Function<LocalPlatform, String> start) {
        DisturbedCalls calls = new DisturbedCalls(scenario.during(), each -> happen(each, snapshot));
        try (Session session = new Session(
                MongoClients.create(database.uri()),
                ENVIRONMENT,
                new PlanFile(file, new PlanReader()),
                new Shown(file.toString(), database.uri(), "--environment test"),
                Progress.NONE,
                PlatformHooks.NONE.withCalls(calls).withClock(clock -> new SkewedClock(clock, calls::later)))) {
            JsonNode receipt =
                    session.follow(start.apply(session.platform())).run().receipt();
            calls.requireAllHappened();
            ReceiptSchema.requireKept(receipt);
            return receipt;
        }
    }

    private void happen(Disturbance disturbance, String snapshot) {
        assertThat(live()).as("live before others changed it").isEqualTo(withoutTheRun);
        disturbance.documents().forEach(change -> database.change(change, snapshot));
        if (disturbance.index() != null) {
            database.create(disturbance.index());
        }
        withoutTheRun = live();
    }

    /** Returns the hash of each target as it would be if the last run changed nothing. */
    Map<String, ContentHash> liveWithoutTheRun() {
        return withoutTheRun;
    }

    /** Returns the hash of each target. */
    Map<String, ContentHash> live() {
        return database.hashes(plan.path("targets")
                .valueStream()
                .map(target -> target.path("namespace").asText())
                .toList());
    }

    /** Returns how many documents a query of the story finds. */
    long count(GateScenario.Found query) {
        return database.count(query);
    }

    @Override
    public void close() {
        database.close();
    }

    /** A dry run counts whatever is changed after it: the stories are about gates. */
    private static Environment environment() {
        ObjectNode profile = LocalEnvironment.profile("test", Colour.GREY, 4);
        profile.putObject("dryRun").put("maxDriftShare", 1);
        return new EnvironmentReader().read(profile.toString());
    }
}
