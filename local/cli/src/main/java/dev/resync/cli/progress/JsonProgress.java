package dev.resync.cli.progress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.pace.RunPace;
import dev.resync.store.ControlJson;
import java.io.PrintStream;
import java.time.Duration;

/** One JSON object a line, at most one a second for each step. */
final class JsonProgress implements Progress {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final String environment;
    private final PrintStream out;
    private Step shown;

    /**
     * @param environment name of the environment, part of every line
     * @param out where lines go
     */
    JsonProgress(String environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public void show(Step step) {
        if (step.isNews(shown, EVERY)) {
            ObjectNode line = line();
            line.put("step", step.name()).put("chunks", step.chunks()).put("done", step.done());
            line.put("documents", step.documents()).put("perSecond", step.perSecond());
            line.put("etaSeconds", step.etaSeconds() < 0 ? null : step.etaSeconds());
            RunPace asked = step.pace().asked();
            line.set("held", ControlJson.mapper().valueToTree(asked.held()));
            line.put("documentsPerSecond", asked.documentsPerSecond()).put("concurrency", asked.concurrency());
            line.put("slowedTo", step.pace().slowedTo())
                    .put("latencyMillis", step.pace().latencyMillis());
            out.println(line);
            shown = step;
        }
    }

    @Override
    public void say(String text) {
        out.println(line().put("message", text));
    }

    private ObjectNode line() {
        return JsonNodeFactory.instance.objectNode().put("environment", environment);
    }
}
