package dev.resync.cli.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.environment.Colour;
import dev.resync.hash.HashSum;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transcript: the program {@code aws}, as it is installed, against {@code resync serve --step-functions-port}. */
class AwsCommandLineTest {

    private static final int BOUND_SECONDS = 120;
    private static final Path PLANS = Path.of("..", "..", "plans");
    private static final String MACHINE = "arn:aws:states:local:000000000000:stateMachine:resync";

    @TempDir
    private Path folder;

    private Process served;
    private MongoClient client;
    private String uri;
    private String endpoint;

    @BeforeEach
    void serve() throws IOException {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "aws"))),
                "aws is not installed: the AWS command line was not tried against the Step Functions endpoint");
        Path profile = Files.writeString(folder.resolve("profile.json"), profile());
        served = new ProcessBuilder(Cli.process(
                        "serve",
                        "--mongo-port",
                        "0",
                        "--step-functions-port",
                        "0",
                        "--doctors",
                        "1000",
                        "--plans",
                        PLANS.toString(),
                        "--environment",
                        "local",
                        "--profile",
                        profile.toString(),
                        "--until-input-ends"))
                .redirectError(folder.resolve("served.err").toFile())
                .start();
        BufferedReader out = served.inputReader();
        uri = after(out.readLine(), "ready ");
        endpoint = after(out.readLine(), "step-functions ");
        client = MongoClients.create(uri);
    }

    private static String after(String line, String beginning) {
        assertThat(line).startsWith(beginning);
        return line.substring(beginning.length());
    }

    private static String profile() {
        ObjectNode profile = LocalEnvironment.profile("local", Colour.GREEN, 1).put("confirmation", "plan-hash");
        profile.putObject("dryRun").put("required", false);
        return profile.toString();
    }

    @AfterEach
    void end() {
        if (client != null) {
            client.close();
        }
        if (served != null) {
            served.destroyForcibly();
        }
    }

    @Test
    void aRunIsStartedWatchedAndStoppedAndTheRestoreMachineStartsByItself() throws Exception {
        String live = live();
        JsonNode machines = aws("list-state-machines");
        assertThat(machines.at("/stateMachines").findValuesAsText("name")).containsExactly("resync", "resync-restore");
        assertThat(machines.at("/stateMachines/0/stateMachineArn").asText()).isEqualTo(MACHINE);
        String restoreMachine = machines.at("/stateMachines/1/stateMachineArn").asText();

        String execution = aws(
                        "start-execution",
                        "--state-machine-arn",
                        MACHINE,
                        "--name",
                        "from-the-console",
                        "--input",
                        request())
                .path("executionArn")
                .asText();
        assertThat(execution).endsWith(":execution:resync:from-the-console");
        await().atMost(BOUND_SECONDS, SECONDS).until(() -> snapshotChunks() >= 3);
        JsonNode running = aws("describe-execution", "--execution-arn", execution);
        assertThat(running.path("status").asText()).isEqualTo("RUNNING");
        assertThat(running.path("input").asText()).isEqualTo(request());
        JsonNode history = aws("get-execution-history", "--execution-arn", execution, "--no-include-execution-data");
        assertThat(history.path("events").findValuesAsText("type"))
                .startsWith("ExecutionStarted", "TaskStateEntered", "TaskScheduled")
                .endsWith("MapRunStarted");

        assertThat(aws("stop-execution", "--execution-arn", execution, "--error", "Operator", "--cause", "wrong day")
                        .has("stopDate"))
                .isTrue();
        await().atMost(BOUND_SECONDS, SECONDS)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    List<String> restores = aws("list-executions", "--state-machine-arn", restoreMachine)
                            .at("/executions")
                            .findValuesAsText("status");
                    assertThat(restores).hasSizeLessThan(2);
                    return restores.equals(List.of("SUCCEEDED"));
                });

        JsonNode runs = resync("runs").json();
        assertThat(runs).hasSize(1);
        JsonNode receipt = resync("receipt", runs.at("/0/runId").asText()).json();
        ReceiptSchema.requireKept(receipt);
        assertThat(receipt.path("ending").asText()).isEqualTo("UNTOUCHED");
        assertThat(receipt.at("/error/name").asText()).isEqualTo("Operator");
        assertThat(live()).isEqualTo(live);
    }

    @Test
    void whatIsRefusedIsNamedAsByAws() throws Exception {
        assertThat(refused(
                        "describe-execution", "--execution-arn", MACHINE.replace("stateMachine", "execution") + ":x"))
                .contains("An error occurred (ExecutionDoesNotExist) when calling the DescribeExecution operation");
        assertThat(refused("delete-state-machine", "--state-machine-arn", MACHINE))
                .contains("(UnknownOperationException)")
                .contains("DeleteStateMachine is not supported by this local endpoint; it answers");
    }

    /** As somebody types it into the console's input box. */
    private static String request() {
        String plan =
                new PlanDirectory(PLANS, new PlanReader()).load("revalidation").hash();
        ObjectNode request = ControlJson.mapper()
                .createObjectNode()
                .put("environment", "local")
                .put("plan", "revalidation")
                .put("mode", "EXECUTE")
                .put("requestedBy", "Ada Example")
                .put("reason", "monthly rebuild")
                .put("confirm", plan)
                // Many small chunks, so that it is still at work when it is stopped.
                .put("chunkDocuments", 1);
        return request.toString();
    }

    private long snapshotChunks() {
        return client.getDatabase(MongoStore.CONTROL_DATABASE)
                .getCollection("chunks")
                .countDocuments(BsonDocument.parse("{stage: 'SNAPSHOT', done: true}"));
    }

    private String live() {
        HashSum sum = new HashSum();
        for (String view : List.of("masterDoctorView", "recommendationView")) {
            client.getDatabase(RevalidationData.DATABASE)
                    .getCollection(view, RawBsonDocument.class)
                    .find()
                    .forEach(sum::add);
        }
        return sum.toContentHash().toString();
    }

    private Said resync(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--mongo-uri", uri, "--json"));
        Said said = Cli.type(arguments.toArray(String[]::new));
        assertThat(said.exitCode()).as(said.err()).isZero();
        return said;
    }

    private JsonNode aws(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("aws.err")))
                .isZero();
        return ControlJson.mapper().readTree(folder.resolve("aws.out").toFile());
    }

    private String refused(String... arguments) throws IOException, InterruptedException {
        assertThat(start(arguments).exitValue()).isPositive();
        return Files.readString(folder.resolve("aws.err"));
    }

    private Process start(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws", "stepfunctions", "--endpoint-url", endpoint));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("aws.out").toFile())
                .redirectError(folder.resolve("aws.err").toFile());
        // Nothing of the account that is set up on this machine, if one is.
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", "none",
                        "AWS_SECRET_ACCESS_KEY", "none",
                        "AWS_REGION", "local",
                        "AWS_DEFAULT_REGION", "local",
                        "AWS_DEFAULT_OUTPUT", "json",
                        "AWS_CONFIG_FILE", folder.resolve("config").toString(),
                        "AWS_SHARED_CREDENTIALS_FILE",
                                folder.resolve("credentials").toString(),
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_PAGER", "",
                        "NO_PROXY", "127.0.0.1"));
        Process process = builder.start();
        assertThat(process.waitFor(BOUND_SECONDS, SECONDS)).isTrue();
        return process;
    }
}
