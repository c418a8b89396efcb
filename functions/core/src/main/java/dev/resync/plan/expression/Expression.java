package dev.resync.plan.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSONata expression, compiled once. Its result depends on its input alone: functions that read the clock, draw random
 * numbers or compile text are refused. Thread-safe.
 */
public final class Expression {

    /** Functions that an expression must not use. */
    private static final Set<String> REFUSED = Set.of("now", "millis", "random", "uuid", "eval", "shuffle");
    /** Only runaways last so long: an evaluation takes some 20 microseconds. */
    private static final long LONGEST_MILLIS = 10_000;

    private static final int DEEPEST_CALL = 200;

    private final Jsonata compiled;
    private final Set<String> names;

    private Expression(Jsonata compiled, Set<String> names) {
        this.compiled = compiled;
        this.names = Set.copyOf(names);
        for (String refused : REFUSED) {
            compiled.registerFunction(refused, Jsonata.<Object, Object>function(refused, () -> refuse(refused), null));
        }
        compiled.registerFunction(
                "toMillis", Jsonata.<String, String, Long>function("toMillis", Expression::toMillis, "<s-s?:n>"));
    }

    /**
     * Compiles an expression.
     *
     * @param text JSONata; never null
     * @throws IllegalArgumentException if the text is not JSONata or uses a function that is refused; the message says
     *     what to change
     */
    public static Expression compile(String text) {
        ExpressionNames names = ExpressionNames.of(text);
        Set<String> refused = new TreeSet<>(names.variables());
        refused.retainAll(REFUSED);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException("uses $" + String.join(", $", refused)
                    + ", but a result must depend on the bundle alone; use $runStart for the time of the run");
        }
        try {
            return new Expression(Jsonata.jsonata(text), names.fields());
        } catch (RuntimeException notJsonata) {
            // The parser does not keep to its own exception.
            String where = notJsonata instanceof JException known ? " (character " + known.getLocation() + ")" : "";
            throw new IllegalArgumentException("is no JSONata: " + notJsonata.getMessage() + where, notJsonata);
        }
    }

    /** Returns every name the expression mentions: of fields at any depth, of operators, and texts. */
    public Set<String> names() {
        return names;
    }

    /**
     * Evaluates the expression.
     *
     * @param input what paths start from; not changed
     * @param variables values by name, without the dollar sign
     * @return the result; null for JSON null and for nothing
     * @throws ExpressionFailed if the expression raises an error or runs out of bounds
     */
    public Object evaluate(Map<String, Object> input, Map<String, Object> variables) {
        Jsonata.Frame frame = compiled.createFrame();
        variables.forEach((String name, Object value) -> frame.bind(name, value));
        frame.setRuntimeBounds(LONGEST_MILLIS, DEEPEST_CALL);
        try {
            return compiled.evaluate(input, frame);
        } catch (RuntimeException | StackOverflowError failure) {
            throw new ExpressionFailed(String.valueOf(failure.getMessage()));
        }
    }

    private static Object refuse(String name) {
        throw new IllegalStateException("$" + name + " is refused");
    }

    // Without a year the library would fill in today's.
    private static Long toMillis(String text, String picture) {
        if (picture != null && !picture.contains("[Y") && !picture.contains("[X")) {
            throw new IllegalStateException("$toMillis needs a picture with a year");
        }
        try {
            return Functions.dateTimeToMillis(text, picture);
        } catch (ParseException notSo) {
            throw new IllegalStateException(notSo.getMessage(), notSo);
        }
    }
}
