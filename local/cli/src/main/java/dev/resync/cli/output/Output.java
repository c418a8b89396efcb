package dev.resync.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.run.RunSummary;
import dev.resync.schema.OneLine;
import dev.resync.store.ControlJson;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Standard output of a command: text for people, or one JSON value. */
public final class Output {

    @Option(
            names = "--json",
            description = "Print JSON on standard output, and progress as JSON lines on standard error.")
    private boolean json;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    /** Returns whether JSON was asked for. */
    public boolean json() {
        return json;
    }

    /**
     * Prints what became of a run: its receipt, or where it stands while it has none.
     *
     * @param receipt null where it has none
     */
    public void print(RunSummary run, JsonNode receipt) {
        if (json) {
            print(receipt == null ? run : receipt);
        } else if (receipt == null) {
            print(List.of(RunLine.of(run)));
        } else {
            print(ReceiptText.of(receipt));
        }
    }

    /** Prints one JSON value. */
    public void print(Object value) {
        JsonNode tree = ControlJson.mapper().valueToTree(value);
        out().println(tree.toPrettyString());
        out().flush();
    }

    /** Prints lines of text. What people typed is among them: a terminal must not be told anything by it. */
    public void print(List<String> lines) {
        lines.forEach(line -> out().println(OneLine.shown(line)));
        out().flush();
    }

    /** Returns standard output, for what is too long to be held; to be flushed by whoever writes to it. */
    public PrintWriter writer() {
        return out();
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
