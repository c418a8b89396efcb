package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.ConnectionString;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireProxy;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.run.Quarantine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is refused for its quarantine; the quarantine says why, the plan is mended, and the run maps again. */
class QuarantineCommandTest {

    private static final String LAT = "\"path\": \"lat\", \"from\": [\"lat\"], \"type\": \"double\"";
    private static final String WORD = "zq9word";

    private final List<WireCommand> seen = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private WorldDatabase world;
    private WireProxy proxy;
    private String runId;

    /** The first city of each of four regions says nothing of its latitude, in two ways. */
    @BeforeEach
    void beRefused() {
        world = new WorldDatabase(20);
        String token = world.token();
        for (int region = 0; region < 4; region++) {
            world.collection("cities")
                    .updateOne(
                            Filters.eq("_id", region * 5),
                            region == 3 ? Updates.set("lat", true) : Updates.set("lat", " \n"));
        }
        Said refused = Cli.type(world.run(WorldDatabase.PLAN, "--confirm", token, "--resume-minutes", "10"));
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(5);
        runId = refused.json().path("runId").asText();
        String[] host = new ConnectionString(world.uri()).getHosts().get(0).split(":");
        proxy = new WireProxy(InetSocketAddress.createUnresolved(host[0], Integer.parseInt(host[1])));
        proxy.use(command -> {
            seen.add(command);
            return Fate.PASSED;
        });
    }

    @AfterEach
    void close() {
        proxy.close();
        world.close();
    }

    @Test
    void theMendedPlanMapsAgainWithoutReadingTheSources() throws IOException {
        world.collection("cities").updateOne(Filters.eq("_id", 15), Updates.set("lat", "3.5"));
        JsonNode shown = quarantine("--json").json();
        assertThat(shown.path("complete").asBoolean()).isTrue();
        assertThat(shown.at("/bundles/0").toString())
                .isEqualTo("{\"key\":\"R.000\",\"problems\":[{\"reason\":\"bad-number\",\"source\":\"cities\","
                        + "\"field\":\"lat\",\"value\":\" \\n\",\"target\":\"regionView.cities[].lat\"}]}");

        String mended = plan(LAT, LAT + ", \"emptyIsNull\": true");
        List<String> arguments = new ArrayList<>(List.of(world.arguments(
                "resume",
                List.of(
                        runId,
                        "--from",
                        "MAP",
                        "--plan",
                        mended,
                        "--requested-by",
                        "Ada",
                        "--reason",
                        "blank is null"))));
        arguments.set(arguments.indexOf(world.uri()), "mongodb://" + proxy.address());
        Said unconfirmed = Cli.type(arguments.toArray(String[]::new));
        assertThat(unconfirmed.exitCode())
                .as("nobody has confirmed the plan as it is now")
                .isEqualTo(11);
        assertThat(unconfirmed.err()).contains(hash(mended));
        arguments.addAll(List.of("--confirm", hash(mended)));
        // One of four is broken still: region 3 is staged as it was.
        Said again = Cli.type(arguments.toArray(String[]::new));
        assertThat(again.exitCode()).as("one bundle is broken still").isEqualTo(5);
        assertThat(quarantine("--json").json().path("counts").toString())
                .isEqualTo("[{\"reason\":\"wrong-type\",\"field\":\"cities.lat\",\"count\":1}]");

        plan(LAT, "\"path\": \"lat\", \"from\": [\"lat\"], \"type\": \"any\", \"emptyIsNull\": true");
        arguments.set(arguments.size() - 1, hash(mended));
        Said real = Cli.type(arguments.toArray(String[]::new));
        assertThat(real.exitCode()).as(real.err()).isZero();
        ReceiptSchema.requireKept(real.json());
        assertThat(real.json().path("ending").asText()).isEqualTo("CUT_OVER");
        assertThat(world.collection("regionView").countDocuments()).isEqualTo(20);
        assertThat(world.collection("regionView")
                        .find(Filters.eq("_id", "R.003"))
                        .first()
                        .toJson())
                .as("as it was staged, not as the source has it now")
                .contains("\"lat\": true");
        assertThat(seen).anyMatch(WireCommand::writes);
        assertThat(seen.stream().filter(this::readsASource)).isEmpty();
        assertThat(quarantine().out()).contains("0 bundles, 0 shown");
    }

    /** Only metadata of a source may be asked for. */
    private boolean readsASource(WireCommand command) {
        BsonDocument body = command.body();
        boolean more = command.name().equals("getMore")
                && List.of("regions", "cities")
                        .contains(body.getString("collection").getValue());
        return more
                || (List.of("find", "aggregate", "count", "distinct").contains(command.name())
                        && List.of("world.regions", "world.cities").contains(command.namespace()));
    }

    @Test
    void aSuspendedRunAndTheSameRunClosedShowTheSame() {
        String suspended = quarantine().out();
        assertThat(suspended.lines().map(String::strip))
                .anyMatch(line -> line.matches("R\\.000 +bad-number +cities +lat"))
                .anyMatch(line -> line.matches("R\\.003 +wrong-type +cities +lat +true"))
                .contains("4 bundles, 4 shown", "3  bad-number in cities.lat", "1  wrong-type in cities.lat")
                .doesNotContain("Not all");
        Said stopped = Cli.type(world.arguments("stop", List.of(runId)));
        assertThat(stopped.exitCode()).isZero();
        assertThat(quarantine().out()).isEqualTo(suspended);
    }

    @Test
    void looksWithoutWriting() {
        seen.clear();
        Cli.type("quarantine", runId, "--mongo-uri", "mongodb://" + proxy.address());
        assertThat(seen).anyMatch(command -> command.name().equals("find"));
        assertThat(seen).noneMatch(WireCommand::writes);
    }

    @Test
    void aFilterChoosesProblemsAndALimitCutsTheListAlone() {
        JsonNode json = quarantine("--json", "--limit", "2", "--reason", "bad-number", "--source", "cities")
                .json();
        assertThat(json.path("bundles").findValuesAsText("key")).containsExactly("R.000", "R.001");
        assertThat(json.path("count").asInt()).isEqualTo(3);
        assertThat(json.path("counts").toString())
                .isEqualTo("[{\"reason\":\"bad-number\",\"field\":\"cities.lat\",\"count\":3}]");
        assertThat(quarantine("--limit", "0").out()).startsWith("4 bundles, 0 shown");
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThat(quarantine("--reason", "bad-dat")
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("reason is bad-dat", "one of bad-number, wrong-type");
        assertThat(quarantine("--source", "regions", "--json")
                        .failedWith("RequestInvalid", 16)
                        .json()
                        .at("/error/message")
                        .asText())
                .contains("source is regions", "one of cities");
        quarantine("--limit", "-1").failedWith("RequestInvalid", 16);
        Cli.type("quarantine", "test-world-x", "--mongo-uri", world.uri()).failedWith("RunUnknown", 21);
    }

    @Test
    void whatIsNotKeptOfAClosedRunIsSaid() {
        Cli.type(world.arguments("stop", List.of(runId)));
        List<BsonDocument> more = new ArrayList<>();
        for (int i = 4; i < Quarantine.MAX_KEPT; i++) {
            more.add(BsonDocument.parse(
                    "{_id: {run: '%1$s', key: 'S.%2$05d'}, run: '%1$s', problems: [{reason: 'bad-date'}]}"
                            .formatted(runId, i)));
        }
        world.control("quarantine").insertMany(more);
        JsonNode json = quarantine("--json").json();
        assertThat(json.path("bundles")).hasSize(50);
        assertThat(json.path("count").asInt()).isEqualTo(Quarantine.MAX_KEPT);
        assertThat(json.path("complete").asBoolean()).isFalse();
        assertThat(json.path("why").asText()).contains("its receipt counts all");
    }

    /** All that a process writes to either stream, progress included. */
    @Test
    void noCommandPrintsASensitiveValue() throws IOException, InterruptedException {
        Cli.type(world.arguments("stop", List.of(runId)));
        world.collection("regions").insertOne(BsonDocument.parse("{_id: '" + WORD + "', name: {a: '" + WORD + "'}}"));
        String plan = plan("\"key\": {\"type\": \"string\"}", "\"key\": {\"type\": \"string\", \"sensitive\": true}");
        Files.writeString(
                Path.of(plan),
                Files.readString(Path.of(plan))
                        .replace("[\"regions.name\"],", "[\"regions.name\"], \"sensitive\": true,"));
        String run = print(world.run(plan, "--resume-minutes", "10"));
        assertThat(run).contains("quarantine of bundles");
        String hidden = Cli.type("runs", "--mongo-uri", world.uri(), "--json")
                .json()
                .at("/0/runId")
                .asText();
        assertThat(print("quarantine", hidden, "--mongo-uri", world.uri())).contains("(sensitive)");
        print("quarantine", hidden, "--mongo-uri", world.uri(), "--json");
        print(world.arguments("stop", List.of(hidden)));
        assertThat(print("receipt", hidden, "--mongo-uri", world.uri())).contains("(sensitive)");
        assertThat(print("quarantine", hidden, "--mongo-uri", world.uri())).contains("(sensitive)");
    }

    private static String print(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Cli.process(arguments))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(printed).isNotBlank().doesNotContain(WORD);
        return printed;
    }

    private Said quarantine(String... options) {
        List<String> arguments = new ArrayList<>(List.of("quarantine", runId, "--mongo-uri", world.uri()));
        arguments.addAll(List.of(options));
        return Cli.type(arguments.toArray(String[]::new));
    }

    /** Writes the example plan with one piece of it replaced. */
    private static String hash(String plan) {
        return Cli.type("plan", "validate", plan, "--json").json().path("hash").asText();
    }

    private String plan(String piece, String by) throws IOException {
        String text = Files.readString(Path.of(WorldDatabase.PLAN));
        assertThat(text).contains(piece);
        return Files.writeString(folder.resolve("world.json"), text.replace(piece, by))
                .toString();
    }
}
