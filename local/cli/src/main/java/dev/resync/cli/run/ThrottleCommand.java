package dev.resync.cli.run;

import dev.resync.cli.output.Output;
import dev.resync.error.RequestInvalid;
import dev.resync.pace.Throttle;
import dev.resync.pace.Throttle.Limit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Limits the pace of a run while it is at work. */
@Command(
        name = "throttle",
        mixinStandardHelpOptions = true,
        description = "Limits the pace of a run while it is at work, within seconds. What is not named stays as it is.")
public final class ThrottleCommand implements Callable<Integer> {

    private static final String NONE = "none";

    @Option(
            names = "--documents-per-second",
            paramLabel = "N",
            description = "Most documents a second over all chunks, or none for no limit.")
    private String documentsPerSecond;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Most chunks at once, up to as many as the run was started with, or none for as many.")
    private String concurrency;

    @Mixin
    private PaceRequest request;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        if (documentsPerSecond == null && concurrency == null) {
            throw new RequestInvalid(
                    "--documents-per-second and --concurrency are both missing; expected a whole number, or"
                            + " none, for at least one of them. Nothing was changed.");
        }
        Throttle throttle =
                new Throttle(limit("--documents-per-second", documentsPerSecond), limit("--concurrency", concurrency));
        return request.ask(false, (controls, runId, who) -> controls.throttle(runId, throttle, who), output);
    }

    private static Limit limit(String option, String text) {
        if (text == null || text.equals(NONE)) {
            return text == null ? null : new Limit(null);
        }
        try {
            return new Limit(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            throw new RequestInvalid(
                    option + " is " + text + "; expected a whole number, or none for no limit. Nothing was changed.");
        }
    }
}
