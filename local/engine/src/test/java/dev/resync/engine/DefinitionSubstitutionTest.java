package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionSubstitutionTest {
    @Test
    void fillsInEveryPlaceAndEscapesForJson() {
        assertThat(DefinitionSubstitution.substitute(
                        "{\"a\":\"${A}\",\"b\":${B},\"c\":\"x${A}y\"}", Map.of("A", "1\"\\$2", "B", "30")))
                .isEqualTo("{\"a\":\"1\\\"\\\\$2\",\"b\":30,\"c\":\"x1\\\"\\\\$2y\"}");
    }

    @Test
    void leavesOtherDollarsAlone() {
        assertThat(DefinitionSubstitution.substitute("{% $states.input.a{$b} %} $", Map.of()))
                .isEqualTo("{% $states.input.a{$b} %} $");
    }

    @Test
    void namesEveryPlaceWithoutValueAndEveryValueWithoutPlace() {
        DefinitionInvalid invalid = catchThrowableOfType(
                DefinitionInvalid.class,
                () -> DefinitionSubstitution.substitute("${A} ${B} ${C} ${B}", Map.of("A", "1", "Y", "1", "X", "1")));
        assertThat(invalid.problems())
                .extracting(DefinitionInvalid.Problem::message)
                .containsExactly(
                        "no value for ${B}",
                        "no value for ${C}",
                        "the definition has no place for the value X",
                        "the definition has no place for the value Y");
    }
}
