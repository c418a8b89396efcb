package dev.resync.metrics;

import java.util.List;

/** The figures that Resync reports of itself. Their names are an interface: alarms and dashboards know them. */
public enum Metric {
    RUNS_ENDED("RunsEnded", Unit.COUNT, Per.ENVIRONMENT_AND_ENDING, "admit", "close-run", "finish"),
    RUNS_FAILED("RunsFailed", Unit.COUNT, Per.ENVIRONMENT, "admit", "close-run", "finish"),
    RUN_DURATION_SECONDS("RunDurationSeconds", Unit.SECONDS, Per.ENVIRONMENT, "admit", "close-run", "finish"),
    RUN_DURATION_RATIO("RunDurationRatio", Unit.NONE, Per.ENVIRONMENT, "admit", "close-run", "finish"),
    NEEDS_OPERATOR("NeedsOperator", Unit.COUNT, Per.ENVIRONMENT, "close-run", "reconcile"),
    OPEN_RUNS("OpenRuns", Unit.COUNT, Per.ENVIRONMENT, "reconcile"),
    OPEN_RUNS_WITHOUT_EXECUTION("OpenRunsWithoutExecution", Unit.COUNT, Per.ENVIRONMENT, "reconcile"),
    OLDEST_OPEN_RUN_SECONDS("OldestOpenRunSeconds", Unit.SECONDS, Per.ENVIRONMENT, "reconcile"),
    SNAPSHOT_AGE_SECONDS("SnapshotAgeSeconds", Unit.SECONDS, Per.ENVIRONMENT, "reconcile"),
    QUARANTINE_SHARE("QuarantineShare", Unit.NONE, Per.ENVIRONMENT, "verify"),
    DOCUMENTS(
            "Documents",
            Unit.COUNT,
            Per.FUNCTION,
            "apply-chunk",
            "map-chunk",
            "restore-chunk",
            "snapshot-chunk",
            "sync-chunk"),
    CHUNK_MILLISECONDS(
            "ChunkMilliseconds",
            Unit.MILLISECONDS,
            Per.FUNCTION,
            "apply-chunk",
            "map-chunk",
            "restore-chunk",
            "snapshot-chunk",
            "sync-chunk"),
    ERRORS("Errors", Unit.COUNT, Per.FUNCTION);

    /** What a figure is measured in, as CloudWatch names it. */
    public enum Unit {
        COUNT("Count"),
        SECONDS("Seconds"),
        MILLISECONDS("Milliseconds"),
        /** A share or a ratio. */
        NONE("None");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        /** Returns the name that CloudWatch knows. */
        public String label() {
            return label;
        }
    }

    /** What a figure is told apart by. */
    public enum Per {
        /** The environment alone. */
        ENVIRONMENT(List.of(List.of("Environment"))),
        /** The environment alone, and again environment and ending. */
        ENVIRONMENT_AND_ENDING(List.of(List.of("Environment"), List.of("Environment", "Ending"))),
        /** Environment and function. */
        FUNCTION(List.of(List.of("Environment", "Function")));

        private final List<List<String>> dimensions;

        Per(List<List<String>> dimensions) {
            this.dimensions = dimensions;
        }

        /** Returns the sets of dimensions, each of which gives a metric of its own. */
        public List<List<String>> dimensions() {
            return dimensions;
        }
    }

    private final String label;
    private final Unit unit;
    private final Per per;
    private final List<String> functions;

    Metric(String label, Unit unit, Per per, String... functions) {
        this.label = label;
        this.unit = unit;
        this.per = per;
        this.functions = List.of(functions);
    }

    /** Returns the name that CloudWatch, alarms and dashboards know. */
    public String label() {
        return label;
    }

    /** Returns what it is measured in. */
    public Unit unit() {
        return unit;
    }

    /** Returns what it is told apart by. */
    public Per per() {
        return per;
    }

    /** Returns the functions that say it, ascending; empty for all of them. */
    public List<String> functions() {
        return functions;
    }
}
