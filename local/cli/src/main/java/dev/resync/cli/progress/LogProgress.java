package dev.resync.cli.progress;

import dev.resync.schema.OneLine;
import java.io.PrintStream;
import java.time.Duration;

/** A plain line when a step begins, when it is done, and every few seconds between; for pipes and files. */
final class LogProgress implements Progress {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final String tag;
    private final PrintStream out;
    private Step shown;

    /**
     * @param tag stands at the beginning of each line
     * @param out where lines go
     */
    LogProgress(String tag, PrintStream out) {
        this.tag = tag;
        this.out = out;
    }

    @Override
    public void show(Step step) {
        if (step.isNews(shown, EVERY)) {
            say(text(step) + step.pace().text());
            shown = step;
        }
    }

    private static String text(Step step) {
        if (step.chunks() == 0) {
            return step.name()
                    + (step.elapsed().isZero() ? "" : " for " + step.elapsed().toSeconds() + " s");
        }
        String line = String.format(
                "%s: %,d of %,d chunks, %,d documents, %,d/s",
                step.name(), step.done(), step.chunks(), step.documents(), step.perSecond());
        return step.etaSeconds() < 0 || step.done() == step.chunks()
                ? line
                : line + ", ETA " + step.etaSeconds() + " s";
    }

    @Override
    public void say(String line) {
        out.println(tag + " " + OneLine.shown(line));
    }
}
