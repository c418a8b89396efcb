package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.PlanUnknown;
import dev.resync.error.RequestInvalid;
import dev.resync.error.SourceUnsuitable;
import dev.resync.error.StartRefused;
import dev.resync.stage.Stages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AdmitFunctionTest.Deployment.class)
class AdmitFunctionTest {

    @Inject
    Stages stages;

    @Inject
    Database database;

    @Any
    @Inject
    Instance<StageFunction> functions;

    public static final class Deployment extends FunctionProfile {
        public Deployment() {
            super("admit");
        }
    }

    @BeforeEach
    void seed() {
        database.client().getDatabase("resync").drop();
        Doctors.seed(database.client());
    }

    /** An execution of the service is never the command line's, whatever its input says. */
    @Test
    void nobodyGetsInByTheCommandLinesWay() {
        JsonNode error = Event.error(Requests.admit(Requests.dryRun().put("via", "command-line"), "typed"));

        assertThat(error.path("errorType").asText()).isEqualTo(StartRefused.class.getName());
        assertThat(error.path("errorMessage").asText()).contains("nobody may start by way of the command-line");
    }

    @Test
    void anEmptyInputGivesThePreview() {
        JsonNode answer = Event.answer(Requests.admit(JsonNodeFactory.instance.objectNode(), "preview"));

        assertThat(answer.path("mode").asText()).isEqualTo("PREVIEW");
        assertThat(answer.path("environment").asText()).isEqualTo("test");
        assertThat(answer.path("colour").asText()).isEqualTo("green");
        assertThat(answer.path("preview").path("plans")).hasToString("[\"revalidation\"]");
        assertThat(answer.path("preview").path("inputForDryRun").path("plan").asText())
                .isEqualTo("revalidation");
        assertThat(answer.has("runId")).isFalse();
    }

    @Test
    void aDryRunIsAdmittedWithTheAnswerThatTheStageGives() {
        JsonNode event = Requests.admit(Requests.dryRun(), "dry-run");

        JsonNode answer = Event.answer(event);

        assertThat(answer).hasToString(stages.call("admit", event).toString());
        assertThat(answer.path("runId").asText()).startsWith("test-revalidation-20260301T090000-");
        assertThat(answer.path("epoch").asLong()).isEqualTo(1);
        assertThat(answer.path("concurrency").asInt()).isEqualTo(4);
    }

    @Test
    void anotherEnvironmentIsRefused() {
        JsonNode error = Event.error(Requests.admit(Requests.dryRun().put("environment", "prod"), "mismatch"));

        assertThat(error.path("errorType").asText()).isEqualTo(EnvironmentMismatch.class.getName());
        assertThat(error.path("errorMessage").asText()).contains("prod", "test (test, green)");
    }

    @Test
    void anUnknownFieldIsRefused() {
        JsonNode error = Event.error(Requests.admit(Requests.dryRun().put("enviroment", "test"), "unknown-field"));

        assertThat(error.path("errorType").asText()).isEqualTo(RequestInvalid.class.getName());
        assertThat(error.path("errorMessage").asText()).contains("Unknown field enviroment");
    }

    @Test
    void anUnknownPlanIsRefused() {
        JsonNode error = Event.error(Requests.admit(Requests.dryRun().put("plan", "plan.schema"), "unknown-plan"));

        assertThat(error.path("errorType").asText()).isEqualTo(PlanUnknown.class.getName());
    }

    @Test
    void aSourceWithoutIndexIsRefused() {
        database.client()
                .getDatabase("revalidation")
                .getCollection("traineeInfo")
                .dropIndexes();

        JsonNode error = Event.error(Requests.admit(Requests.dryRun(), "no-index"));

        assertThat(error.path("errorType").asText()).isEqualTo(SourceUnsuitable.class.getName());
    }

    @Test
    void anEventThatIsNoObjectIsRefused() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode().add(1);

        assertThat(Event.error(NullNode.getInstance()).path("errorType").asText())
                .isEqualTo(RequestInvalid.class.getName());
        assertThat(Event.error(list).path("errorType").asText()).isEqualTo(RequestInvalid.class.getName());
    }

    @Test
    void everyStageHasAFunctionOfItsNameThatCallsIt() {
        Map<String, StageFunction> named = new TreeMap<>();
        for (StageFunction function : functions) {
            named.put(function.getClass().getAnnotation(Named.class).value(), function);
        }

        assertThat(named.keySet()).containsExactlyElementsOf(Stages.FUNCTIONS);
        named.remove("reconcile").handleRequest(JsonNodeFactory.instance.objectNode(), null);
        named.forEach((name, function) -> assertThatThrownBy(() -> function.handleRequest(null, null))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("function " + name + " "));
    }
}
