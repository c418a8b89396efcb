package dev.resync.cli.completion;

import dev.resync.cli.exit.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script by which a shell completes commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script by which bash and zsh complete commands, options and their values.",
            "For this shell: `source <(resync completion)`; zsh first needs `autoload -U +X bashcompinit && bashcompinit`."
        })
public final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLine whole = command.root().commandLine();
        PrintWriter out = command.commandLine().getOut();
        out.print(AutoComplete.bash(whole.getCommandName(), whole));
        out.flush();
        return ExitCode.DONE.code();
    }
}
