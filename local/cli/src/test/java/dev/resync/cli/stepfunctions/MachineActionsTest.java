package dev.resync.cli.stepfunctions;

import static dev.resync.cli.stepfunctions.ServedRehearsal.NOW;
import static dev.resync.cli.stepfunctions.ServedRehearsal.RESTORE;
import static dev.resync.cli.stepfunctions.ServedRehearsal.RESYNC;
import static dev.resync.cli.stepfunctions.ServedRehearsal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.store.ControlJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionDiagnostic;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** The state machines by AWS' own client, and definitions that it has checked. Nothing here changes anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachineActionsTest {

    private ServedRehearsal rehearsal;

    @BeforeAll
    void serve() {
        rehearsal = new ServedRehearsal(false);
    }

    @AfterAll
    void close() {
        rehearsal.close();
    }

    private DescribeStateMachineResponse describe(String machine) {
        return rehearsal.client.describeStateMachine(describe -> describe.stateMachineArn(machine));
    }

    private JsonNode definition() throws JsonProcessingException {
        return ControlJson.mapper().readTree(describe(RESYNC).definition());
    }

    private ValidateStateMachineDefinitionResponse validate(JsonNode definition) {
        return rehearsal.client.validateStateMachineDefinition(validate -> validate.definition(definition.toString()));
    }

    @Test
    void bothMachinesAreListed() {
        assertThat(rehearsal.client.listStateMachinesPaginator(list -> list.maxResults(1)).stateMachines().stream())
                .extracting(StateMachineListItem::stateMachineArn)
                .containsExactly(RESYNC, RESTORE);
        StateMachineListItem first =
                rehearsal.client.listStateMachines().stateMachines().get(0);
        assertThat(first.creationDate()).isEqualTo(NOW);
        assertThat(first.name()).isEqualTo("resync");
        assertThat(first.typeAsString()).isEqualTo("STANDARD");
    }

    @Test
    void aMachineIsDescribedWithItsDefinition() throws JsonProcessingException {
        assertThat(definition().at("/States/Admit/Arguments/FunctionName").asText())
                .isEqualTo("arn:aws:lambda:local:000000000000:function:admit");
        DescribeStateMachineResponse described = describe(RESYNC);
        assertThat(described.statusAsString()).isEqualTo("ACTIVE");
        assertThat(described.label()).isNull();
        assertThat(rehearsal
                        .client
                        .describeStateMachine(
                                describe -> describe.stateMachineArn(RESYNC).includedData("METADATA_ONLY"))
                        .definition())
                .isEqualTo("{}");
    }

    @Test
    void theChildrenOfAMapAreAMachineByItsLabel() throws JsonProcessingException {
        DescribeStateMachineResponse described = describe(RESYNC + "/sync");
        assertThat(described.label()).isEqualTo("sync");
        assertThat(described.stateMachineArn()).isEqualTo(RESYNC + "/sync");
        assertThat(ControlJson.mapper().readTree(described.definition()))
                .isEqualTo(definition().at("/States/SyncChunks/ItemProcessor"))
                .isNotEmpty();
        refused(StateMachineDoesNotExistException.class, () -> describe(RESYNC + "/none"));
    }

    @Test
    void whatDoesNotExistIsNamed() {
        refused(StateMachineDoesNotExistException.class, () -> describe(RESYNC + "2"));
        refused(InvalidArnException.class, () -> describe("arn:aws:states:local:0:stateMachine:resync"));
    }

    @Test
    void aGoodDefinitionIsOk() throws JsonProcessingException {
        ValidateStateMachineDefinitionResponse good = validate(definition());
        assertThat(good.resultAsString()).isEqualTo("OK");
        assertThat(good.diagnostics()).isEmpty();
        assertThat(good.truncated()).isFalse();
    }

    @Test
    void everyMistakeIsNamedWithItsPlace() throws JsonProcessingException {
        ObjectNode definition = (ObjectNode) definition();
        ((ObjectNode) definition.at("/States/Admit")).put("TimeoutSecond", 1).put("Next", "Nowhere");
        ValidateStateMachineDefinitionResponse bad = validate(definition);
        assertThat(bad.resultAsString()).isEqualTo("FAIL");
        assertThat(bad.diagnostics()).hasSizeGreaterThan(1).allSatisfy(diagnostic -> {
            assertThat(diagnostic.severityAsString()).isEqualTo("ERROR");
            assertThat(diagnostic.code()).isEqualTo("SCHEMA_VALIDATION_FAILED");
        });
        assertThat(bad.diagnostics())
                .extracting(ValidateStateMachineDefinitionDiagnostic::location)
                .contains("/States/Admit/TimeoutSecond", "/States/Admit/Next");
        ValidateStateMachineDefinitionResponse one = rehearsal.client.validateStateMachineDefinition(
                validate -> validate.definition(definition.toString()).maxResults(1));
        assertThat(one.diagnostics()).containsExactly(bad.diagnostics().get(0));
        assertThat(one.truncated()).isTrue();
    }

    @Test
    void aTextThatIsNotJsonIsNoDefinition() {
        ValidateStateMachineDefinitionResponse bad =
                rehearsal.client.validateStateMachineDefinition(validate -> validate.definition("{\"StartAt\""));
        assertThat(bad.resultAsString()).isEqualTo("FAIL");
        assertThat(bad.diagnostics()).hasSize(1);
        assertThat(bad.diagnostics().get(0).code()).isEqualTo("INVALID_JSON_DESCRIPTION");
        refused(
                ValidationException.class,
                () -> rehearsal.client.validateStateMachineDefinition(
                        validate -> validate.definition(" ".repeat(1_048_577))));
        refused(
                ValidationException.class,
                () -> rehearsal.client.validateStateMachineDefinition(
                        validate -> validate.definition("{}").maxResults(101)));
    }
}
