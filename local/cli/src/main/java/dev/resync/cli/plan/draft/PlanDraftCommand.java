package dev.resync.cli.plan.draft;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.output.Output;
import dev.resync.error.RequestInvalid;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a first plan from what stands in existing collections. */
@Command(
        name = "draft",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at some documents of the sources, and of the targets where they exist, and writes a first plan: keys, types,",
            "cardinalities and the rules that explain what the targets hold. It changes nothing in the database.",
            "What is guessed or left to do goes to standard error, each with its place in the plan."
        })
public final class PlanDraftCommand implements Callable<Integer> {

    private static final int MOST = 100_000;

    @Option(
            names = "--sources",
            paramLabel = "DB.COLLECTION",
            split = ",",
            description = "The source collections. Required.")
    private List<String> sources;

    @Option(
            names = {"--target", "--targets"},
            paramLabel = "DB.COLLECTION",
            split = ",",
            description = "The collections to rebuild; they need not exist. Required.")
    private List<String> targets;

    @Option(names = "--name", description = "Name of the plan (default: that of the first target).")
    private String name;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Documents of each collection to look at, 1 to 100,000 (default: ${DEFAULT-VALUE}).")
    private int sample;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the plan to this file, which must not exist, rather than to standard output.")
    private Path file;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        List<MongoNamespace> from = namespaces("--sources", sources);
        List<MongoNamespace> to = namespaces("--target", targets);
        if (sample < 1 || sample > MOST) {
            throw new RequestInvalid("--sample is " + sample + "; expected a whole number from 1 to 100000.");
        }
        PlanDraft draft;
        try (MongoClient client = database.open()) {
            requireSources(client, from);
            draft = PlanDraft.of(planName(to.get(0)), new Sampler(client, sample), from, to);
        }
        if (file != null) {
            write(draft);
        }
        if (output.json()) {
            output.print(draft);
        } else {
            if (file == null) {
                output.print(draft.plan());
            }
            PrintWriter err = command.commandLine().getErr();
            err.println("Left to do:");
            draft.toDo().forEach(line -> err.println("  " + line));
            err.flush();
        }
        return ExitCode.DONE.code();
    }

    private void write(PlanDraft draft) {
        try {
            Files.writeString(file, draft.plan().toPrettyString() + "\n", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException exists) {
            throw new RequestInvalid("--output is " + file + ", which exists; name a file that does not.");
        } catch (IOException unwritable) {
            throw new RequestInvalid("--output is " + file + ", which cannot be written: " + unwritable + ".");
        }
    }

    private String planName(MongoNamespace target) {
        String wanted = name != null
                ? name
                : target.getCollectionName()
                        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9-]", "-");
        if (!wanted.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new RequestInvalid("--name is " + wanted
                    + "; expected lower-case letters, digits and hyphens that begin with a" + " letter, at most 40.");
        }
        return wanted;
    }

    private static List<MongoNamespace> namespaces(String option, List<String> names) {
        if (names == null || names.isEmpty()) {
            throw new RequestInvalid(
                    option + " is missing; expected collections as database.collection, separated by commas.");
        }
        List<MongoNamespace> namespaces = new ArrayList<>();
        for (String each : names) {
            try {
                namespaces.add(new MongoNamespace(each.trim()));
            } catch (IllegalArgumentException none) {
                throw new RequestInvalid(option + " has " + each + "; expected database.collection.");
            }
        }
        return namespaces;
    }

    private static void requireSources(MongoClient client, List<MongoNamespace> sources) {
        for (MongoNamespace source : sources) {
            List<String> known = client.getDatabase(source.getDatabaseName())
                    .listCollectionNames()
                    .into(new ArrayList<>());
            if (!known.contains(source.getCollectionName())) {
                throw new RequestInvalid("--sources has " + source + ", which does not exist; "
                        + (known.isEmpty()
                                ? "database " + source.getDatabaseName() + " has no collections."
                                : "its database has " + String.join(", ", known) + "."));
            }
        }
    }
}
