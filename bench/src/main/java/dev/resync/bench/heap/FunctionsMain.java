package dev.resync.bench.heap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.bench.contender.Ground;
import dev.resync.bench.contender.Requests;
import dev.resync.bench.contender.RunningExecutions;
import dev.resync.bench.data.BenchPlan;
import dev.resync.bench.data.Wanted;
import dev.resync.bench.link.Link;
import dev.resync.bench.process.Questions;
import dev.resync.error.ResyncException;
import dev.resync.pace.SystemTime;
import dev.resync.stage.StageContext;
import dev.resync.stage.Stages;
import dev.resync.store.Checkpoints;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The functions in a process of their own, which tells after each call how much heap it held at most. */
public final class FunctionsMain {

    /** Field of the answer: what the function answered. */
    static final String ANSWER = "answer";
    /** Field of the answer: name of the error that the function ended with. */
    static final String ERROR = "error";
    /** Field of the answer: message of that error. */
    static final String MESSAGE = "message";
    /** Field of the answer: most bytes that a full collection left during the call; 0 where there was none. */
    static final String LIVE_BYTES = "liveBytes";

    private static final long COLLECT_MILLIS = 50;

    private final Stages stages;
    private final LiveHeap heap = new LiveHeap();

    private FunctionsMain(Stages stages) {
        this.stages = stages;
    }

    /** @param arguments connection string, folder of the plans, number of targets */
    public static void main(String[] arguments) throws IOException {
        BenchPlan plan = BenchPlan.of(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        Link link = Link.open(Link.BARE, arguments[0]);
        Ground ground = new Ground(
                plan,
                List.of(),
                new Wanted(Map.of(), Map.of()),
                Map.of(),
                1,
                plan.plan().chunkDocuments(),
                link);
        StageContext context = StageContext.of(
                link.store(),
                plan,
                new Requests(ground).environment(),
                "bench",
                new RunningExecutions(),
                Clock.systemUTC(),
                new SystemTime(),
                new SecureRandom(),
                Requests.NO_COMMANDS,
                Checkpoints.NONE);
        FunctionsMain functions = new FunctionsMain(new Stages(context));
        functions.heap.collectEvery(COLLECT_MILLIS);
        Questions.serve("functions", functions::answer);
    }

    /** The question is the name of the function, a space and its event. */
    private String answer(String question) {
        int space = question.indexOf(' ');
        String function = question.substring(0, space);
        ObjectNode answer = ControlJson.mapper().createObjectNode();
        heap.take();
        try {
            JsonNode event = ControlJson.mapper().readTree(question.substring(space + 1));
            answer.set(ANSWER, stages.call(function, event));
        } catch (ResyncException e) {
            answer.put(ERROR, e.errorName()).put(MESSAGE, e.getMessage());
        } catch (JsonProcessingException | RuntimeException e) {
            answer.put(ERROR, e.getClass().getName()).put(MESSAGE, String.valueOf(e.getMessage()));
        }
        return answer.put(LIVE_BYTES, heap.take()).toString();
    }
}
