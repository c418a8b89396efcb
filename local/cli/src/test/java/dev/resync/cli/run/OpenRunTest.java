package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.output.ReceiptSchema;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was left open: one that a person must end, and one that somebody else works on. */
class OpenRunTest {

    private static final List<String> WHO = List.of("--requested-by", "Grace", "--reason", "compared with the sources");

    private WorldDatabase world;
    private String runId;

    @BeforeEach
    void publish() {
        world = new WorldDatabase(5);
        runId = world.realRun().json().path("runId").asText();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void oneThatNeedsAnOperatorIsSettledByWhoLookedAtIt() {
        reopen(Updates.set("state", "NEEDS_OPERATOR"));
        Said said = Cli.type(world.arguments("settle", WHO, runId, "--as", "CUT_OVER"));
        assertThat(said.exitCode()).as(said.err()).isZero();
        ReceiptSchema.requireKept(said.json());
        assertThat(said.json().path("ending").asText()).isEqualTo("CUT_OVER");
        assertThat(said.json().at("/error/message").asText())
                .contains("Settled as CUT_OVER by Grace: compared with the sources");
        assertThat(world.realRun().exitCode()).as("the target is free").isZero();
    }

    @Test
    void oneThatIsClosedIsNotSettled() {
        Said said = Cli.type(world.arguments("settle", WHO, runId, "--as", "UNTOUCHED"))
                .failedWith("RequestInvalid", 16);
        assertThat(said.err()).contains("CLOSED and ended CUT_OVER");
    }

    @Test
    void settlingSaysWhatIsMissing() {
        reopen(Updates.set("state", "NEEDS_OPERATOR"));
        List<BsonDocument> before = runs();
        assertThat(Cli.type(world.arguments("settle", WHO, runId))
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("--as");
        assertThat(Cli.type(world.arguments("settle", List.of("--reason", "x"), runId, "--as", "CUT_OVER"))
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("--requested-by");
        assertThat(runs()).isEqualTo(before);
    }

    /** It would look as if its execution were gone, and be closed while it works. */
    @ParameterizedTest
    @ValueSource(strings = {"stop", "resume", "resume --from MAP", "reconcile"})
    void oneThatAwsWorksOnIsLeftAlone(String command) {
        String execution = "arn:aws:states:eu-west-2:123456789012:execution:resync-test:one";
        reopen(Updates.combine(Updates.set("state", "OPEN"), Updates.set("execution", execution)));
        List<BsonDocument> before = runs();
        List<String> options = new ArrayList<>();
        if (!command.equals("reconcile")) {
            options.add(runId);
        }
        if (command.startsWith("resume")) {
            options.addAll(WHO);
            options.addAll(List.of("--plan", WorldDatabase.PLAN));
        }
        if (command.contains("MAP")) {
            options.addAll(List.of("--from", "MAP"));
        }
        Said said = Cli.type(world.arguments(command.split(" ")[0], options)).failedWith("ExecutionLost", 40);
        assertThat(said.err()).contains(execution).contains(runId);
        assertThat(runs()).isEqualTo(before);
    }

    private void reopen(Bson update) {
        world.control("runs")
                .updateOne(
                        Filters.eq("_id", runId),
                        Updates.combine(update, Updates.unset("ending"), Updates.unset("receipt")));
        world.control("locks").updateMany(new BsonDocument(), Updates.set("holder", runId));
    }

    private List<BsonDocument> runs() {
        return world.control("runs").find().into(new ArrayList<>());
    }
}
