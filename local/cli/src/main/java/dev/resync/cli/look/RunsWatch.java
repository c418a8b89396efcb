package dev.resync.cli.look;

import dev.resync.cli.control.RunRecords;
import dev.resync.cli.control.RunWatch;
import dev.resync.cli.output.Output;
import dev.resync.cli.output.RunLine;
import dev.resync.cli.progress.ProgressStyle;
import dev.resync.run.RunSummary;
import dev.resync.store.ControlJson;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Shows runs again and again, until none of them is at work. */
final class RunsWatch {

    /** ECMA-48: cursor to the top left, then erase to the end of the display. */
    private static final String CLEAR = "\u001b[H\u001b[J";

    private final RunRecords records;
    private final int limit;
    private final Output output;
    private final Map<String, RunSummary> shown = new HashMap<>();

    /** @param limit at most so many, newest first */
    RunsWatch(RunRecords records, int limit, Output output) {
        this.records = records;
        this.limit = limit;
        this.output = output;
    }

    void untilNoneIsAtWork() {
        while (true) {
            List<RunSummary> runs = records.runs(limit);
            show(runs);
            if (runs.stream().allMatch(run -> RunWatch.AT_REST.contains(run.state()))) {
                return;
            }
            pause();
        }
    }

    private void show(List<RunSummary> runs) {
        PrintWriter out = output.writer();
        if (ProgressStyle.TERMINAL && System.console() != null && !output.json()) {
            out.print(CLEAR);
            runs.forEach(run -> out.println(RunLine.of(run)));
        } else {
            // Oldest first, as things happen.
            for (int i = runs.size() - 1; i >= 0; i--) {
                RunSummary run = runs.get(i);
                if (!run.equals(shown.put(run.runId(), run))) {
                    out.println(
                            output.json()
                                    ? ControlJson.mapper().valueToTree(run).toString()
                                    : RunLine.of(run));
                }
            }
        }
        out.flush();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(Watched.EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while watching runs", e);
        }
    }
}
