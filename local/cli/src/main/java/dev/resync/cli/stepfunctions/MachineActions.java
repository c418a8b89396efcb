package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.engine.DefinitionInvalid;
import dev.resync.engine.RegisteredMachine;
import dev.resync.engine.StateMachine;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Shows the state machines, and checks definitions. */
final class MachineActions {

    private static final int DEFINITION_BYTES = 1_048_576;
    private static final int MOST_DIAGNOSTICS = 100;
    private static final String TYPE = "STANDARD";

    private final Supplier<LocalPlatform> platform;

    private enum MachineType {
        STANDARD,
        EXPRESS
    }

    private enum Severity {
        ERROR,
        WARNING
    }

    MachineActions(Supplier<LocalPlatform> platform) {
        this.platform = platform;
    }

    Map<String, Action> table() {
        return Map.of(
                "ListStateMachines", this::list,
                "DescribeStateMachine", this::describe,
                "ValidateStateMachineDefinition", this::validate);
    }

    private ObjectNode list(Request request) {
        return Page.of(
                Shapes.object(),
                "stateMachines",
                request,
                platform.get().engine().listStateMachines(),
                known -> known.machine().arn(),
                MachineActions::listed);
    }

    private static ObjectNode listed(RegisteredMachine known) {
        ObjectNode answer = Shapes.object()
                .put("stateMachineArn", known.machine().arn())
                .put("name", known.machine().name())
                .put("type", TYPE);
        Shapes.put(answer, "creationDate", known.since());
        return answer;
    }

    private ObjectNode describe(Request request) {
        String arn = Arns.machine(request);
        boolean data = IncludedData.all(request);
        NamedMachine named = NamedMachine.find(platform.get().engine(), arn);
        ObjectNode answer = listed(named.machine()).put("stateMachineArn", arn).put("status", "ACTIVE");
        Shapes.put(answer, "label", named.label());
        answer.put("definition", data ? named.definition().toPrettyString() : "{}")
                .put("roleArn", named.machine().machine().roleArn());
        answer.putObject("loggingConfiguration").put("level", "OFF").put("includeExecutionData", false);
        answer.putObject("tracingConfiguration").put("enabled", false);
        answer.putObject("encryptionConfiguration").put("type", "AWS_OWNED_KEY");
        return answer;
    }

    /** What an Express workflow may not have is not known here; all else is checked alike. */
    private ObjectNode validate(Request request) {
        String definition = request.text("definition", DEFINITION_BYTES);
        request.oneOf("type", MachineType.class);
        request.oneOf("severity", Severity.class);
        Long asked = request.whole("maxResults", 0, MOST_DIAGNOSTICS);
        long most = asked == null || asked == 0 ? MOST_DIAGNOSTICS : asked;
        List<ObjectNode> diagnostics = diagnostics(definition);
        ObjectNode answer = Shapes.object().put("result", diagnostics.isEmpty() ? "OK" : "FAIL");
        answer.putArray("diagnostics").addAll(diagnostics.stream().limit(most).toList());
        return answer.put("truncated", diagnostics.size() > most);
    }

    private List<ObjectNode> diagnostics(String definition) {
        try {
            JsonNode parsed = JsonText.parse(definition, "INVALID_JSON_DESCRIPTION", "The definition");
            StateMachine.load("definition", platform.get().resyncMachine(), parsed);
            return List.of();
        } catch (ApiError noJson) {
            return List.of(diagnostic(noJson.type(), noJson.getMessage(), ""));
        } catch (DefinitionInvalid invalid) {
            return invalid.problems().stream()
                    .map(problem -> diagnostic("SCHEMA_VALIDATION_FAILED", problem.message(), problem.pointer()))
                    .toList();
        }
    }

    private static ObjectNode diagnostic(String code, String message, String pointer) {
        return Shapes.object()
                .put("severity", Severity.ERROR.name())
                .put("code", code)
                .put("message", message)
                .put("location", pointer.isEmpty() ? "/" : pointer);
    }
}
