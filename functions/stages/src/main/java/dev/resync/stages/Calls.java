package dev.resync.stages;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.resync.aws.Settings;
import dev.resync.error.CallUnfinished;
import dev.resync.error.ResyncException;
import dev.resync.error.RunHeld;
import dev.resync.metrics.Metric;
import dev.resync.pace.PassingTime;
import dev.resync.stage.Deadline;
import dev.resync.stage.Stages;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The frame around every call of a function: one line in the log, with what came of it, and the figures that were said
 * meanwhile. What is logged in between carries the same fields. Never logs an event, an answer's texts or an error's message:
 * they may quote documents.
 */
@Singleton
public final class Calls {

    private static final Logger LOG = Logger.getLogger("dev.resync.call");

    private final Provider<Stages> stages;
    private final Settings settings;
    private final EmfMetrics metrics;
    private final PassingTime time;

    /** @param stages asked anew by each call until it gives the stages, so that a faulty deployment refuses every call */
    Calls(Provider<Stages> stages, Settings settings, EmfMetrics metrics, PassingTime time) {
        this.stages = stages;
        this.settings = settings;
        this.metrics = metrics;
        this.time = time;
    }

    /**
     * Calls a stage.
     *
     * @param function name of the function, equal to its stage's
     * @param event input of the stage; null counts as JSON null
     * @param context says how much time is left, and which call it is; null for as much time as it wants
     */
    JsonNode call(String function, JsonNode event, Context context) {
        Deadline deadline =
                context == null ? Deadline.NONE : () -> Duration.ofMillis(context.getRemainingTimeInMillis());
        long begun = time.nanos();
        CallFields fields = CallFields.of(function, event == null ? NullNode.getInstance() : event, context);
        settings.environmentName().ifPresent(name -> fields.put("environment", name));
        fields.all().forEach(MDC::put);
        try {
            JsonNode answer = stages.get().call(function, event, deadline);
            fields.put("outcome", "answered");
            fields.countsOf(answer);
            return answer;
        } catch (RuntimeException e) {
            String error = e instanceof ResyncException named
                    ? named.errorName()
                    : e.getClass().getName();
            fields.put("outcome", error);
            // A call that waits for a held run, or for another call, is asked again, and nothing is wrong with it.
            if (!(e instanceof RunHeld || e instanceof CallUnfinished)) {
                metrics.say(Metric.ERRORS, 1);
            }
            throw e;
        } finally {
            fields.put("milliseconds", Duration.ofNanos(time.nanos() - begun).toMillis());
            metrics.values().forEach((metric, value) -> fields.put(metric.label(), value));
            fields.all().forEach(MDC::put);
            LOG.infof("%s: %s", function, fields.all().getOrDefault("outcome", "died"));
            metrics.flush(fields);
            fields.all().keySet().forEach(MDC::remove);
        }
    }
}
