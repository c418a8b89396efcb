package dev.resync.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resync.metrics.Metric;
import dev.resync.metrics.Metric.Per;
import dev.resync.metrics.Metrics;
import dev.resync.run.Ending;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;
import software.amazon.cloudwatchlogs.emf.model.Unit;

/**
 * Keeps the figures of one call and writes them to the log in CloudWatch's embedded metric format, one line for each kind of
 * dimensions. No service is called, and a figure that cannot be written does not fail the call.
 */
final class EmfMetrics implements Metrics {

    /** CloudWatch's namespace of all metrics. */
    static final String NAMESPACE = "Resync";

    /** Fields of the call that a record carries besides its figures, so that one leads to the other. */
    static final List<String> PROPERTIES = List.of("awsRequestId", "function", "outcome", "run", "traceId");

    private static final Logger LOG = Logger.getLogger(EmfMetrics.class);
    private static final String ENVIRONMENT = "environment";

    private final Consumer<String> log;
    private final Map<Metric, Double> said = new EnumMap<>(Metric.class);
    private Ending ending;

    /** @param log takes whole lines */
    EmfMetrics(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public synchronized void say(Metric metric, double value) {
        said.put(metric, value);
    }

    /** A call closes one run at most. */
    @Override
    public synchronized void ended(Ending how) {
        said.put(Metric.RUNS_ENDED, 1.0);
        ending = how;
    }

    /** Returns what was said since the last flush. */
    synchronized Map<Metric, Double> values() {
        return new EnumMap<>(said);
    }

    /**
     * Writes what was said, and forgets it.
     *
     * @param call what else the records are to carry; its environment is that of the figures
     */
    synchronized void flush(CallFields call) {
        Map<String, String> fields = call.all();
        try {
            if (fields.containsKey(ENVIRONMENT)) {
                for (Per per : Per.values()) {
                    write(per, fields);
                }
            }
        } catch (RuntimeException | JsonProcessingException e) {
            // Names are constants and values finite: only a faulty build comes here, and its work matters more.
            LOG.errorf("figures of this call are lost: %s", e.getClass().getName());
        } finally {
            said.clear();
            ending = null;
        }
    }

    private void write(Per per, Map<String, String> fields) throws JsonProcessingException {
        List<Metric> metrics =
                said.keySet().stream().filter(metric -> metric.per() == per).toList();
        if (metrics.isEmpty()) {
            return;
        }
        Map<String, String> values =
                new TreeMap<>(Map.of("Environment", fields.get(ENVIRONMENT), "Function", fields.get("function")));
        if (ending != null) {
            values.put("Ending", ending.name());
        }
        MetricsContext record = new MetricsContext();
        record.setNamespace(NAMESPACE);
        record.setDimensions(per.dimensions().stream()
                .map(names -> dimensions(names, values))
                .toArray(DimensionSet[]::new));
        metrics.forEach(metric -> record.putMetric(
                metric.label(), said.get(metric), Unit.fromValue(metric.unit().label())));
        PROPERTIES.stream().filter(fields::containsKey).forEach(name -> record.putProperty(name, fields.get(name)));
        record.serialize().forEach(log);
    }

    private static DimensionSet dimensions(List<String> names, Map<String, String> values) {
        DimensionSet set = new DimensionSet();
        names.forEach(name -> set.addDimension(name, values.get(name)));
        return set;
    }
}
