package dev.resync.plan.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    private static Object evaluate(String text, Map<String, Object> input) {
        return Expression.compile(text).evaluate(input, Map.of("key", "K", "runStart", "2024-01-01T00:00:00.000Z"));
    }

    private static Object evaluate(String text) {
        return evaluate(text, Map.of());
    }

    @Test
    void anExpressionSeesInputAndVariables() {
        assertThat(evaluate("a.b & '-' & $key & '-' & $runStart", Map.of("a", Map.of("b", 3))))
                .isEqualTo("3-K-2024-01-01T00:00:00.000Z");
        assertThat(evaluate("$sum(a.n)", Map.of("a", List.of(Map.of("n", 1), Map.of("n", 2)))))
                .isEqualTo(3);
        assertThat(evaluate("nothing")).isNull();
        assertThat(evaluate("null")).isNull();
    }

    @Test
    void nullIsNotTheSameAsAbsent() {
        Map<String, Object> input = new TreeMap<>();
        input.put("a", null);

        assertThat(evaluate("$exists(a)", input)).isEqualTo(true);
        assertThat(evaluate("$exists(b)", input)).isEqualTo(false);
        assertThat(evaluate("a = null", input)).isEqualTo(true);
    }

    @Test
    void largeWholeNumbersAreKept() {
        assertThat(evaluate("a", Map.of("a", 9_007_199_254_740_993L))).isEqualTo(9_007_199_254_740_993L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$now()",
                "1 + $millis()",
                "$random()",
                "$uuid()",
                "$eval('1')",
                "$shuffle([1])",
                "( $f := $now; $f() )",
                "$map([1], $random)"
            })
    void functionsWithoutAFixedAnswerAreRefused(String text) {
        assertThatThrownBy(() -> Expression.compile(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uses $");
    }

    @Test
    void namesInTextsAndCommentsAreNoFunctions() {
        assertThat(evaluate("'$now()' /* $millis() */ & \"$eval\"")).isEqualTo("$now()$eval");
    }

    @Test
    void aRefusedFunctionThatIsHiddenFromTheCheckFailsWhenCalled() {
        // A quote in a regular expression makes the check take what follows for text.
        Expression hidden = Expression.compile("$contains(\"a\", /\"/) ? 1 : $now() & \"\"");

        assertThatThrownBy(() -> hidden.evaluate(Map.of(), Map.of())).isInstanceOf(ExpressionFailed.class);
    }

    @Test
    void aTimeOfDayIsNotCompletedWithToday() {
        assertThatThrownBy(() -> evaluate("$toMillis('10:00', '[H01]:[m01]')"))
                .isInstanceOf(ExpressionFailed.class)
                .hasMessageContaining("year");
        assertThat(evaluate("$toMillis('2024-01-01T00:00:00.000Z')")).isEqualTo(1_704_067_200_000L);
        assertThat(evaluate("$toMillis('01/02/2024', '[D01]/[M01]/[Y0001]')")).isEqualTo(1_706_745_600_000L);
        assertThat(evaluate("$fromMillis(0)")).isEqualTo("1970-01-01T00:00:00.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 +", "(", "a[", "'x", "{'a' 1}", "/(/"})
    void textThatIsNotJsonataIsRefused(String text) {
        assertThatThrownBy(() -> Expression.compile(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 'a'",
                "$number('x')",
                "$error('no')",
                "$unknown()",
                "( $f := function($n) { $f($n + 1) + 1 }; $f(1) )",
                "$assert(false, 'no')"
            })
    void anErrorIsToldAsAFailure(String text) {
        assertThatThrownBy(() -> evaluate(text)).isInstanceOf(ExpressionFailed.class);
    }

    @Test
    void theInputIsNotChanged() {
        Map<String, Object> input = new TreeMap<>(Map.of("a", new ArrayList<>(List.of(2, 1))));

        evaluate("$sort(a)", input);
        evaluate("$ ~> |$|{'a': 1}|", input);

        assertThat(input).isEqualTo(Map.of("a", List.of(2, 1)));
    }

    @Test
    void threadsMayShareAnExpression() {
        Expression shared = Expression.compile("$sum($map([1..50], function($n) { $n * factor })) & $key");

        assertThat(java.util.stream.IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(n -> shared.evaluate(Map.of("factor", n), Map.of("key", "k" + n))
                                .equals(1275 * n + "k" + n))
                        .toList())
                .doesNotContain(false);
    }
}
