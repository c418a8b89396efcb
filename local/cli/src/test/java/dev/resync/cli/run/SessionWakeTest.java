package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.local.FunctionCalls;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.progress.Step;
import dev.resync.environment.EnvironmentReader;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session wakes its execution, which waits for an approval, when another process took one. */
class SessionWakeTest {

    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String OVER = "the task that waited for the answer is over";
    private static final String PROFILE = """
            {"name": "staging", "colour": "orange", "kind": "pre-production", "approval": "one-other-person",
              "confirmation": "plan-hash", "dryRun": {"required": false}, "maxConcurrency": 2,
              "starts": {"command-line": {"who": ["*"], "realRuns": true}}}
            """;

    @TempDir
    private Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private WorldDatabase world;
    private Path profile;
    private Gate gate;
    private Session session;
    private String execution;

    /** Holds the calls of one function up. */
    private static final class Gate implements FunctionCalls {

        private final String function;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        Gate(String function) {
            this.function = function;
        }

        @Override
        public JsonNode around(String called, JsonNode payload, Supplier<JsonNode> call) {
            if (called.equals(function)) {
                reached.countDown();
                passed(open);
            }
            return call.get();
        }

        void awaitCall() {
            passed(reached);
        }

        void open() {
            open.countDown();
        }

        private static void passed(CountDownLatch latch) {
            try {
                assertThat(latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted in a test", e);
            }
        }
    }

    @BeforeEach
    void load() throws IOException {
        world = new WorldDatabase(10);
        profile = folder.resolve("staging.json");
        Files.writeString(profile, PROFILE);
    }

    @AfterEach
    void close() {
        gate.open();
        session.close();
        world.close();
    }

    /** Starts a real run, with a function that is held up; returns its id when it waits for an approval. */
    private String waiting(String heldUp) {
        gate = new Gate(heldUp);
        PlanFile plan = new PlanFile(Path.of(WorldDatabase.PLAN), new PlanReader());
        session = new Session(
                MongoClients.create(world.uri()),
                new EnvironmentReader().read(PROFILE),
                plan,
                new Shown(WorldDatabase.PLAN, world.uri(), "--environment staging"),
                new Progress() {
                    @Override
                    public void show(Step step) {}

                    @Override
                    public void say(String line) {
                        said.add(line);
                    }
                },
                PlatformHooks.NONE.withCalls(gate));
        ObjectNode request = ControlJson.mapper()
                .createObjectNode()
                .put("environment", "staging")
                .put("via", "command-line")
                .put("plan", plan.read().name())
                .put("mode", "EXECUTE")
                .put("confirm", plan.read().hash())
                .put("requestedBy", "Ada")
                .put("reason", "a test");
        execution = session.platform().startResync(null, request);
        await().atMost(BOUND).until(() -> session.context()
                .runs()
                .findByExecution(execution)
                .filter(run -> run.approvalToken() != null)
                .isPresent());
        return run().id();
    }

    private Run run() {
        return session.context().runs().findByExecution(execution).orElseThrow();
    }

    private void approvedElsewhere(String runId) {
        Said approved = Cli.type(
                "approve",
                runId,
                "--json",
                "--mongo-uri",
                world.uri(),
                "--environment",
                "staging",
                "--profile",
                profile.toString(),
                "--requested-by",
                "Grace",
                "--reason",
                "it is right");
        assertThat(approved.exitCode()).as(approved.err()).isZero();
    }

    private Run ended() {
        // One that is not woken would wait as long as its verdict counts.
        await().atMost(BOUND).pollInSameThread().until(() -> {
            session.show(execution);
            return run().state() == RunState.CLOSED;
        });
        return session.follow(execution).run();
    }

    @Test
    void anApprovalWakesTheExecutionOnce() {
        String runId = waiting("pre-cut-over");
        session.show(execution);
        assertThatCode(() -> session.platform().engine().sendTaskHeartbeat(run().approvalToken()))
                .as("the task waits as long as nobody approved")
                .doesNotThrowAnyException();

        approvedElsewhere(runId);
        session.show(execution);
        gate.awaitCall();
        session.show(execution);
        session.show(execution);
        assertThat(said).as("what a second answer to the task would lead to").isEmpty();

        gate.open();
        assertThat(ended().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(said).isEmpty();
    }

    /** It is on record, though the run ends as it must: the task was answered otherwise before. */
    @Test
    void anApprovalThatComesLateIsSaidToBeSo() {
        String runId = waiting("finish");
        session.platform().engine().sendTaskFailure(run().approvalToken(), "Rehearsed.TimeOut", "nobody answered");
        gate.awaitCall();

        approvedElsewhere(runId);
        session.show(execution);
        session.show(execution);
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).startsWith(OVER);

        gate.open();
        assertThat(ended().ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(world.viewExists()).isFalse();
    }

    /** As after a redrive in this process, until the stage has asked for the approval anew. */
    @Test
    void aTokenOfAnEarlierProcessDoesNotKeepTheNextOneFromWakingIt() {
        String runId = waiting("nothing");
        String token = run().approvalToken();
        setToken(runId, "of a process that is gone");
        approvedElsewhere(runId);
        session.show(execution);
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).startsWith(OVER);

        setToken(runId, token);
        assertThat(ended().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(said).hasSize(1);
    }

    private void setToken(String runId, String token) {
        world.control("runs").updateOne(Filters.eq("_id", runId), Updates.set("approvalToken", token));
    }
}
