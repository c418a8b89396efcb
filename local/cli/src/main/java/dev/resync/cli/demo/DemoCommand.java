package dev.resync.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.ResyncCommand;
import dev.resync.cli.local.EmbeddedDatabase;
import dev.resync.store.ControlJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the main job on the embedded database: dry run, real run, a stopped run, a restore; each ending checked by hash. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Dry run, real run, stopped run and restore of the revalidation example on an embedded database.")
public final class DemoCommand implements Callable<Integer> {

    private static final int FEWEST_DOCTORS = 1_000;

    @Option(
            names = "--doctors",
            defaultValue = "20000",
            description = "Doctors to generate, 1000 or more (default: ${DEFAULT-VALUE}).")
    private int doctors;

    @Option(names = "--seed", defaultValue = "7", description = "Seed of the generator (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object with receipts and checks instead of text.")
    private boolean json;

    @Option(
            names = "--plans",
            defaultValue = "plans",
            description = "Folder with revalidation.json (default: ${DEFAULT-VALUE}).")
    private Path plans;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (doctors < FEWEST_DOCTORS || doctors > RevalidationData.MOST_DOCTORS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--doctors is " + doctors + "; expected " + FEWEST_DOCTORS + " to " + RevalidationData.MOST_DOCTORS
                            + ": below, the rare cases weigh so heavily that the gates refuse the run.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (EmbeddedDatabase database = new EmbeddedDatabase(0);
                Demo demo = new Demo(database.uri(), plans, doctors, seed, json ? line -> {} : out::println)) {
            DemoResult result = demo.play();
            if (json) {
                ObjectNode object = ControlJson.mapper().valueToTree(result);
                out.println(object.toPrettyString());
            }
            out.flush();
            return result.kept() ? 0 : ResyncCommand.PROMISE_BROKEN;
        }
    }
}
