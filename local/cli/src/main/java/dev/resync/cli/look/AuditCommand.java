package dev.resync.cli.look;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.output.Output;
import dev.resync.environment.DatabaseRegister.Registration;
import dev.resync.error.RequestInvalid;
import dev.resync.run.AuditTrail;
import dev.resync.store.ControlJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what was asked for and decided, refusals included. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Lists requests and decisions, refusals included, newest first.")
public final class AuditCommand implements Callable<Integer> {

    @Option(names = "--run", paramLabel = "RUN_ID", description = "Only those of this run.")
    private String run;

    @Option(names = "--event", paramLabel = "EVENT", description = "Only these, such as REFUSED.")
    private String event;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new RequestInvalid("--limit is " + limit + "; expected 1 or more.");
        }
        try (ControlData data = new ControlData(database.open(), output)) {
            List<AuditTrail.Entry> entries = data.audit().latest(run, event, limit);
            if (output.json()) {
                output.print(json(data.registration(), entries));
            } else {
                output.print(text(entries));
            }
        }
        return ExitCode.DONE.code();
    }

    /** The environment is the database's: records, some older than its registration, do not say theirs. */
    private static ObjectNode json(Optional<Registration> database, List<AuditTrail.Entry> entries) {
        ObjectNode answer = ControlJson.mapper().createObjectNode();
        answer.put("environment", database.map(Registration::name).orElse(null));
        answer.put("kind", database.map(Registration::kind).orElse(null));
        answer.put("colour", database.map(Registration::colour).orElse(null));
        answer.set("entries", ControlJson.mapper().valueToTree(entries));
        return answer;
    }

    private static List<String> text(List<AuditTrail.Entry> entries) {
        List<String> lines = new ArrayList<>();
        for (AuditTrail.Entry entry : entries) {
            lines.add(entry.at() + " " + entry.event() + (entry.run() == null ? "" : " " + entry.run()) + " by "
                    + who(entry) + (entry.via() == null ? "" : " via " + entry.via())
                    + (entry.what() == null ? "" : ": " + entry.what())
                    + (entry.why() == null ? "" : " (" + entry.why() + ")"));
            lines.add("    " + entry.detail());
        }
        return lines.isEmpty() ? List.of("Nothing of that is on record.") : lines;
    }

    /** A name that nobody authenticated is a claim. */
    private static String who(AuditTrail.Entry entry) {
        if (entry.authenticatedAs() != null) {
            return entry.authenticatedAs() + (entry.who() == null ? "" : " as " + entry.who());
        }
        return entry.who() == null ? "the program" : entry.who() + " (as given)";
    }
}
