package dev.resync.cli.plan;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.exit.Failure;
import dev.resync.cli.output.Output;
import dev.resync.error.PlanInvalid;
import dev.resync.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether a plan is valid, or everything that is wrong with it at once. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Names everything that is wrong with a plan, or its name, hash, sources and targets.")
public final class PlanValidateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The plan, a JSON document.")
    private Path file;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        PlanDocument document = PlanDocument.read(file);
        Plan plan;
        try {
            plan = document.plan();
        } catch (PlanInvalid invalid) {
            return refuse(document, invalid);
        }
        if (output.json()) {
            output.print(valid(plan));
        } else {
            output.print(text(plan));
        }
        return ExitCode.DONE.code();
    }

    private int refuse(PlanDocument document, PlanInvalid invalid) {
        if (!output.json()) {
            throw invalid;
        }
        Failure failure = Failure.of(invalid);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("valid", false);
        ArrayNode problems = json.putArray("problems");
        invalid.problems().forEach(problem -> {
            ObjectNode listed = problems.addObject().put("pointer", problem.pointer());
            JsonNode value = document.tree().at(JsonPointer.compile(problem.pointer()));
            if (value.isValueNode() && !value.isNull()) {
                listed.set("value", value);
            }
            listed.put("message", problem.message());
        });
        json.setAll(failure.toJson());
        output.print(json);
        command.commandLine().getErr().println(failure.name() + ": " + failure.message());
        command.commandLine().getErr().flush();
        return failure.exitCode().code();
    }

    private static ObjectNode valid(Plan plan) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("valid", true)
                .put("plan", plan.name())
                .put("hash", plan.hash());
        ObjectNode sources = json.putObject("sources");
        plan.sources()
                .forEach(source -> sources.put(source.name(), source.namespace().getFullName()));
        ObjectNode targets = json.putObject("targets");
        plan.targets()
                .forEach(target -> targets.put(target.name(), target.namespace().getFullName()));
        return json;
    }

    private static List<String> text(Plan plan) {
        Columns columns = new Columns();
        plan.sources()
                .forEach(source -> columns.add(
                        "  source", source.name(), source.namespace().getFullName(), source.drives() ? "drives" : ""));
        plan.targets()
                .forEach(target -> columns.add(
                        "  target",
                        target.name(),
                        target.namespace().getFullName(),
                        target.ruleIds().size() + " fields"));
        List<String> lines = new ArrayList<>();
        lines.add("Plan " + plan.name() + " is valid, hash " + plan.hash());
        lines.addAll(columns.lines());
        return lines;
    }
}
