package dev.resync.metrics;

import dev.resync.run.Ending;

/** Where the figures go that Resync reports of itself. Must neither fail nor take long. */
public interface Metrics {

    /** Nobody listens. */
    Metrics NONE = new Metrics() {
        @Override
        public void say(Metric metric, double value) {
            // Nobody listens.
        }

        @Override
        public void ended(Ending ending) {
            // Nobody listens.
        }
    };

    /**
     * Says a figure.
     *
     * @param metric any but {@link Metric#RUNS_ENDED}
     * @param value finite, in the metric's unit
     */
    void say(Metric metric, double value);

    /** Says that one run was closed: {@link Metric#RUNS_ENDED}. */
    void ended(Ending ending);
}
