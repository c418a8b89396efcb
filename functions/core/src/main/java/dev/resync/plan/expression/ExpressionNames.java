package dev.resync.plan.expression;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names an expression uses, found by its tokens. Texts and comments are skipped; a name within a regular expression
 * may be found as well, which does no harm.
 *
 * @param variables names after {@code $}, without it
 * @param fields all other names, of fields at any depth and of operators such as {@code and}
 */
record ExpressionNames(Set<String> variables, Set<String> fields) {

    private static final Pattern TOKEN = Pattern.compile("/\\*(?s:.*?)\\*/"
            + "|\"(?:\\\\.|[^\"\\\\])*\""
            + "|'(?:\\\\.|[^'\\\\])*'"
            + "|\\$(?<variable>\\w+)"
            + "|`(?<quoted>[^`]*)`"
            + "|(?<field>[\\p{L}_][\\p{L}\\p{N}_]*)");
    private static final Pattern TEXT = Pattern.compile("^[\"'](.*)[\"']$", Pattern.DOTALL);

    static ExpressionNames of(String expression) {
        Set<String> variables = new LinkedHashSet<>();
        Set<String> fields = new LinkedHashSet<>();
        Matcher token = TOKEN.matcher(expression);
        while (token.find()) {
            if (token.group("variable") != null) {
                variables.add(token.group("variable"));
            } else if (token.group("quoted") != null) {
                fields.add(token.group("quoted"));
            } else if (token.group("field") != null) {
                fields.add(token.group("field"));
            } else {
                // A text may name a field, too: $lookup(gmc, "admin"), gmc."admin".
                Matcher text = TEXT.matcher(token.group());
                if (text.matches()) {
                    fields.add(text.group(1));
                }
            }
        }
        return new ExpressionNames(variables, fields);
    }
}
