package dev.resync.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import dev.resync.cli.banner.Guarded;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.RequesterOptions;
import dev.resync.cli.output.Output;
import dev.resync.environment.DatabaseRegister;
import dev.resync.environment.DatabaseRegister.Registration;
import dev.resync.environment.Environment;
import dev.resync.environment.StartWay;
import dev.resync.error.RequestInvalid;
import dev.resync.run.AuditTrail;
import dev.resync.run.Executions;
import dev.resync.run.RunState;
import dev.resync.run.RunStore;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which environment a database says that it belongs to, and lets a person who has looked change that. */
@Command(
        name = "environment",
        mixinStandardHelpOptions = true,
        description = {
            "Shows which environment the database says that it belongs to.",
            "With --adopt it is written down anew: for a database that has taken the place of another one."
        })
public final class EnvironmentCommand implements Callable<Integer> {

    @Option(names = "--adopt", description = "Write down that the database belongs to this environment.")
    private boolean adopt;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private RequesterOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Environment environment = options.environment();
        try (MongoClient client = database.open()) {
            MongoStore store = new MongoStore(client);
            DatabaseRegister register = new DatabaseRegister(store, environment, Clock.systemUTC());
            if (adopt) {
                RequesterOptions.Who who = options.who();
                Guarded.confirm(environment, "write down that this database belongs to it", output);
                adopt(store, register, environment, who);
            } else {
                Guarded.show(environment, output);
            }
            Optional<Registration> found = register.find();
            if (output.json()) {
                ObjectNode answer = ControlJson.mapper().createObjectNode();
                answer.put("environment", environment.name());
                answer.put("kind", environment.kind().label());
                answer.put("colour", environment.colour().label());
                answer.set("database", ControlJson.mapper().valueToTree(found.orElse(null)));
                output.print(answer);
            } else {
                output.print(List.of(found.map(registered -> "The database belongs to environment " + registered.name()
                                + " (" + registered.kind() + ") since " + registered.since() + ".")
                        .orElse(
                                "The database does not say yet which environment it belongs to; the first admitted request"
                                        + " writes it down.")));
            }
            if (!adopt) {
                register.require();
            }
            return ExitCode.DONE.code();
        }
    }

    private static void adopt(
            MongoStore store, DatabaseRegister register, Environment environment, RequesterOptions.Who who) {
        List<String> open = new RunStore(store, Executions.NONE, "")
                .inStates(EnumSet.complementOf(EnumSet.of(RunState.CLOSED))).stream()
                        .map(run -> run.id() + " of environment " + run.environment())
                        .toList();
        if (!open.isEmpty()) {
            throw new RequestInvalid("The database has runs that have not ended: " + open
                    + ". Nothing was changed. Stop or settle them first, under the environment that they are of.");
        }
        String before = register.find().map(Registration::name).orElse("none");
        register.adopt();
        new AuditTrail(store, Clock.systemUTC())
                .add(
                        new AuditTrail.Asked(
                                who.requestedBy(),
                                null,
                                StartWay.COMMAND_LINE.label(),
                                null,
                                "adopt the database",
                                who.reason()),
                        "DATABASE_ADOPTED",
                        null,
                        environment.shown() + " in place of " + before);
    }
}
