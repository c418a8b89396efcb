package dev.resync.cli;

import dev.resync.cli.demo.DemoCommand;
import dev.resync.error.ResyncException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The local command line. */
@Command(
        name = "resync",
        mixinStandardHelpOptions = true,
        version = "resync 0.1.0",
        description = "Rebuilds a MongoDB read model so that it always ends with the old view or the new one.",
        subcommands = {DemoCommand.class})
public final class ResyncCommand {

    /** Exit code for a run that did not end as promised. */
    public static final int PROMISE_BROKEN = 1;
    /** Exit code for an error with a name. */
    public static final int NAMED_ERROR = 3;

    private ResyncCommand() {}

    /**
     * Runs a command and exits: 0 done, 1 a promise was broken, 2 unusable arguments, 3 an error with a name.
     *
     * @param arguments as typed
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ResyncCommand()).setExecutionExceptionHandler((error, command, parsed) -> {
            String name = error instanceof ResyncException named
                    ? named.errorName()
                    : error.getClass().getName();
            command.getErr().println(name + ": " + error.getMessage());
            return NAMED_ERROR;
        });
    }
}
