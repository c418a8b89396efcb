package dev.resync.cli.plan;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what becomes of each target field. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Shows for each target field where it comes from, who has the final say, its type, and what happens without a value;",
            "which documents each source leaves out, and which gates have other limits than the default.",
            "Texts are cut at 120 columns; --json has them whole."
        })
public final class PlanExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The plan, a JSON document.")
    private Path file;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        PlanExplanation explained = PlanExplanation.of(PlanDocument.read(file));
        if (output.json()) {
            output.print(explained);
        } else {
            output.print(ExplanationText.of(explained));
        }
        return ExitCode.DONE.code();
    }
}
