package dev.resync.engine;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** One compiled {@code {% … %}} string. Immutable; the library's compiled form may be shared between threads. */
final class Expression {
    private static final String OPEN = "{%";
    private static final String CLOSE = "%}";
    private static final int LONGEST_QUOTE = 200;
    // Possessive, because a long literal would overflow the stack of a backtracking match.
    private static final Pattern NOT_CODE = Pattern.compile(
            "\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'|`[^`]*+`|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern EVAL = Pattern.compile("\\$eval(?![\\p{Alnum}_])");

    private final String source;
    private final String field;
    private final Jsonata compiled;

    private Expression(String source, String field, Jsonata compiled) {
        this.source = source;
        this.field = field;
        this.compiled = compiled;
    }

    static boolean isExpression(String text) {
        return text.length() >= OPEN.length() + CLOSE.length() && text.startsWith(OPEN) && text.endsWith(CLOSE);
    }

    /** Compiles a text for which {@link #isExpression} holds; on a problem reports it and returns null. */
    static Expression compile(String text, String pointer, Problems problems) {
        String source =
                text.substring(OPEN.length(), text.length() - CLOSE.length()).strip();
        if (source.isEmpty()) {
            problems.add(pointer, "empty JSONata expression");
            return null;
        }
        if (EVAL.matcher(NOT_CODE.matcher(source).replaceAll("''")).find()) {
            problems.add(pointer, "Step Functions does not support $eval");
            return null;
        }
        try {
            Jsonata compiled = Jsonata.jsonata(source);
            compiled.setValidateInput(false);
            compiled.setOutputConvertNulls(false);
            return new Expression(source, pointer, compiled);
        } catch (RuntimeException | StackOverflowError e) {
            problems.add(pointer, "JSONata syntax: " + reason(e));
            return null;
        }
    }

    /** @throws StatesError States.QueryEvaluationError if it fails, or gives undefined or no JSON value */
    JsonNode evaluate(Bindings bindings) {
        Object value;
        try {
            value = compiled.evaluate(null, bindings.frame(compiled));
        } catch (RuntimeException | StackOverflowError e) {
            throw failure("failed: " + reason(e));
        }
        if (value == null) {
            throw failure("returned nothing (undefined)");
        }
        try {
            return JsonResult.of(value);
        } catch (IllegalArgumentException e) {
            throw failure("returned no JSON value: " + e.getMessage());
        }
    }

    private StatesError failure(String what) {
        return StatesError.query("The JSONata expression '" + shortened() + "' of the field '" + field + "' " + what);
    }

    private static String reason(Throwable e) {
        if (e instanceof StackOverflowError) {
            return "too deep a recursion";
        }
        return e instanceof JException j
                ? j.getError() + " " + j.getMessage()
                : e.getClass().getSimpleName() + " " + e.getMessage();
    }

    private String shortened() {
        return source.length() <= LONGEST_QUOTE ? source : source.substring(0, LONGEST_QUOTE) + "…";
    }
}
