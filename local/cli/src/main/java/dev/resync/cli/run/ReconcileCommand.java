package dev.resync.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.EnvironmentOptions;
import dev.resync.cli.output.Output;
import dev.resync.environment.Environment;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.run.RunSummary;
import dev.resync.store.ControlJson;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Closes runs whose process or execution is gone, drops what dead runs left, and removes snapshots that may go. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description =
                "Closes runs whose process died, drops what they left behind, and removes snapshots that their plan's"
                        + " retention lets go. May be run at any time.")
public final class ReconcileCommand implements Callable<Integer> {

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private EnvironmentOptions environmentOptions;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Environment environment = environmentOptions.environment(null);
        try (Session session =
                Session.open(database, environment, new NoPlans(), null, environmentOptions.shown(), output)) {
            session.show(output);
            session.context()
                    .runs()
                    .inStates(EnumSet.complementOf(EnumSet.of(RunState.CLOSED)))
                    .forEach(run -> {
                        run.requireIn(environment.name());
                        OwnRuns.requireLocal(run);
                    });
            JsonNode answer = session.platform()
                    .stages()
                    .call("reconcile", ControlJson.mapper().createObjectNode());
            List<Run> closed = new ArrayList<>();
            answer.path("closing").forEach(id -> {
                Run run = session.context().runs().require(id.asText());
                closed.add(session.closed(run));
            });
            print(answer, closed);
            boolean stuck = !answer.path("needOperator").isEmpty()
                    || closed.stream().anyMatch(run -> run.state() == RunState.NEEDS_OPERATOR);
            boolean open = closed.stream().anyMatch(run -> run.state() != RunState.CLOSED);
            ExitCode code = stuck ? ExitCode.NEEDS_OPERATOR : open ? ExitCode.LEFT_OPEN : ExitCode.DONE;
            return code.code();
        }
    }

    private void print(JsonNode answer, List<Run> closed) {
        if (!output.json()) {
            closed.forEach(output::print);
            output.print(ReconcileText.of(answer, closed.size()));
            return;
        }
        ObjectNode all = ControlJson.mapper().createObjectNode();
        ArrayNode receipts = all.putArray("closed");
        closed.forEach(run -> receipts.add(
                run.receipt() == null ? ControlJson.mapper().valueToTree(RunSummary.of(run)) : run.receipt()));
        all.set("needOperator", answer.path("needOperator"));
        all.set("swept", answer.path("swept"));
        all.set("removedSnapshots", answer.path("removedSnapshots"));
        all.set("damagedSnapshots", answer.path("damagedSnapshots"));
        all.set("ownerless", answer.path("ownerless"));
        output.print(all);
    }
}
