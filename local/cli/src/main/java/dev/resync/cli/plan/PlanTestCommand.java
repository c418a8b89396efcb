package dev.resync.cli.plan;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.exit.Failure;
import dev.resync.cli.output.Output;
import dev.resync.error.PlanCasesFailed;
import dev.resync.error.RequestInvalid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Maps the documents of each case as a run would and compares what comes of them with what the case expects. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Maps the documents of each case as a run would, in memory, and compares what comes of them with what the case",
            "expects. See docs/plan-cases.md for what a case is."
        })
public final class PlanTestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The plan, a JSON document.")
    private Path file;

    @Option(names = "--cases", paramLabel = "DIR", description = "Folder with one folder for each case. Required.")
    private Path cases;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (cases == null) {
            throw new RequestInvalid("--cases is missing; expected a folder that holds one folder for each case.");
        }
        CasesReport report = new PlanCases(cases).test(PlanDocument.read(file).plan());
        if (output.json()) {
            output.print(report);
        } else {
            output.print(text(report));
        }
        if (report.failed() == 0) {
            return ExitCode.DONE.code();
        }
        Failure failure = Failure.of(new PlanCasesFailed(
                report.plan(), report.failed(), report.cases().size()));
        command.commandLine().getErr().println(failure.name() + ": " + failure.message());
        command.commandLine().getErr().flush();
        return failure.exitCode().code();
    }

    private static List<String> text(CasesReport report) {
        List<String> lines = new ArrayList<>();
        report.cases().forEach(result -> {
            lines.add((result.passed() ? "passed  " : "FAILED  ") + result.name());
            result.problems().forEach(problem -> lines.add("        " + problem));
        });
        lines.add(report.passed() + " passed, " + report.failed() + " failed");
        return lines;
    }
}
