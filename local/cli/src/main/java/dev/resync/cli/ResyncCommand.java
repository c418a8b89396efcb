package dev.resync.cli;

import dev.resync.cli.completion.CompletionCommand;
import dev.resync.cli.console.ConsoleCommand;
import dev.resync.cli.demo.DemoCommand;
import dev.resync.cli.drill.DrillCommand;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.exit.Failure;
import dev.resync.cli.look.AuditCommand;
import dev.resync.cli.look.DiffCommand;
import dev.resync.cli.look.QuarantineCommand;
import dev.resync.cli.look.ReceiptCommand;
import dev.resync.cli.look.RunsCommand;
import dev.resync.cli.look.SnapshotsCommand;
import dev.resync.cli.look.StatusCommand;
import dev.resync.cli.plan.EstimateCommand;
import dev.resync.cli.plan.PlanCommand;
import dev.resync.cli.run.ApproveCommand;
import dev.resync.cli.run.ContinueCommand;
import dev.resync.cli.run.EnvironmentCommand;
import dev.resync.cli.run.HoldCommand;
import dev.resync.cli.run.ReconcileCommand;
import dev.resync.cli.run.RefuseCommand;
import dev.resync.cli.run.RestoreCommand;
import dev.resync.cli.run.ResumeCommand;
import dev.resync.cli.run.RunCommand;
import dev.resync.cli.run.SettleCommand;
import dev.resync.cli.run.StopCommand;
import dev.resync.cli.run.ThrottleCommand;
import dev.resync.cli.serve.ServeCommand;
import dev.resync.schema.OneLine;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The local command line. */
@Command(
        name = "resync",
        mixinStandardHelpOptions = true,
        version = "resync 0.1.0",
        description = "Rebuilds a MongoDB read model so that it always ends with the old view or the new one.",
        footer = {"", "Errors have stable names and exit codes: docs/errors.md."},
        subcommands = {
            DemoCommand.class,
            DrillCommand.class,
            ServeCommand.class,
            PlanCommand.class,
            EstimateCommand.class,
            RunCommand.class,
            RestoreCommand.class,
            ResumeCommand.class,
            StopCommand.class,
            HoldCommand.class,
            ContinueCommand.class,
            ThrottleCommand.class,
            ReconcileCommand.class,
            SettleCommand.class,
            RunsCommand.class,
            StatusCommand.class,
            SnapshotsCommand.class,
            ReceiptCommand.class,
            QuarantineCommand.class,
            DiffCommand.class,
            ApproveCommand.class,
            RefuseCommand.class,
            AuditCommand.class,
            ConsoleCommand.class,
            CompletionCommand.class,
            EnvironmentCommand.class
        })
public final class ResyncCommand {

    private static final String JSON = "--json";

    private ResyncCommand() {}

    /**
     * Runs a command and exits with an {@link ExitCode}.
     *
     * @param arguments as typed
     */
    public static void main(String[] arguments) {
        int exitCode;
        try {
            exitCode = commandLine().execute(arguments);
        } catch (Error fault) {
            // Without this a fault of the program would look like a broken promise of the demo.
            fault.printStackTrace();
            exitCode = ExitCode.UNEXPECTED.code();
        }
        System.exit(exitCode);
    }

    /** Returns the whole command line; errors are written by name, as JSON where {@code --json} was given. */
    public static CommandLine commandLine() {
        return new CommandLine(new ResyncCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((error, command, parsed) -> report(error, command, parsed))
                .setParameterExceptionHandler(ResyncCommand::reportUsage);
    }

    private static int report(Exception error, CommandLine command, ParseResult parsed) {
        Failure failure = Failure.of(error);
        if (json(parsed)) {
            PrintWriter out = command.getOut();
            out.println(failure.toJson().toPrettyString());
            out.flush();
        }
        // A message may be what the API, or an execution, passed on of somebody's words.
        (failure.name() + ": " + failure.message()).lines().map(OneLine::shown).forEach(command.getErr()::println);
        if (failure.exitCode() == ExitCode.UNEXPECTED) {
            error.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return failure.exitCode().code();
    }

    private static int reportUsage(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        if (List.of(arguments).contains(JSON)) {
            command.getOut().println(Failure.usage(error.getMessage()).toJson().toPrettyString());
            command.getOut().flush();
        }
        command.getErr().println(error.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(error, command.getErr())) {
            command.usage(command.getErr());
        }
        return ExitCode.USAGE.code();
    }

    private static boolean json(ParseResult parsed) {
        for (ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            if (at.matchedOptionValue(JSON, false)) {
                return true;
            }
        }
        return false;
    }
}
