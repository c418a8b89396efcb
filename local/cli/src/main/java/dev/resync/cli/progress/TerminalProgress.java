package dev.resync.cli.progress;

import dev.resync.pace.RunPace;
import dev.resync.schema.OneLine;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for each step that has chunks, redrawn in place; for terminals only. */
final class TerminalProgress implements Progress {

    private static final int NAME_WIDTH = 14;
    private static final int REDRAW_MILLIS = 200;

    private final String tag;
    private final String plainTag;
    private final PrintStream out;
    private Step shown;
    private RunPace pace = RunPace.FREE;
    private ProgressBar bar;

    /**
     * @param tag stands at the beginning of each line, with colour
     * @param plainTag the same without colour
     * @param out terminal
     */
    TerminalProgress(String tag, String plainTag, PrintStream out) {
        this.tag = tag;
        this.plainTag = plainTag;
        this.out = out;
    }

    @Override
    public void show(Step step) {
        if (!step.pace().asked().equals(pace)) {
            pace = step.pace().asked();
            // A line of its own: there is no room for it beside the bar.
            say(step.name() + ": " + pace);
        }
        if (shown == null || !shown.name().equals(step.name())) {
            close();
            if (step.chunks() > 0) {
                bar = bar(step);
            } else {
                out.println(tag + " " + step.name());
            }
        }
        shown = step;
        if (bar != null) {
            bar.maxHint(step.chunks());
            bar.stepTo(step.done());
            // Room for one of the two: a bar is cut at 80 characters.
            bar.setExtraMessage(
                    step.pace().slowedTo() == null
                            ? String.format(" %,d docs, %,d/s", step.documents(), step.perSecond())
                            : " " + step.pace().slowedText());
        }
    }

    private ProgressBar bar(Step step) {
        return new ProgressBarBuilder()
                // Without colour: its codes would count as width, and push the rate off a line of 80 characters.
                .setTaskName(plainTag + " " + String.format("%-" + NAME_WIDTH + "s", step.name()))
                .setInitialMax(step.chunks())
                .setUnit("", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build();
    }

    @Override
    public void say(String line) {
        close();
        out.println(tag + " " + OneLine.shown(line));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        shown = null;
    }
}
