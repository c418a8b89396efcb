package dev.resync.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${Name}} in the text of a definition, as CloudFormation and Terraform do at deployment.
 *
 * <p>Values are escaped for the inside of a JSON string. Where the file has a place without quotes around it, the
 * value stands there as it is, as a number would.
 */
public final class DefinitionSubstitution {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

    private DefinitionSubstitution() {}

    /**
     * Fills in all places.
     *
     * @param text definition text; not null
     * @param values value by name, neither null
     * @return the text without places
     * @throws DefinitionInvalid if a place has no value, or a value no place; names all of them
     */
    public static String substitute(String text, Map<String, String> values) {
        List<DefinitionInvalid.Problem> problems = new ArrayList<>();
        Set<String> unused = new TreeSet<>(values.keySet());
        Set<String> missing = new TreeSet<>();
        Matcher places = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            String name = places.group(1);
            unused.remove(name);
            String value = values.get(name);
            if (value == null) {
                missing.add(name);
            }
            places.appendReplacement(filled, Matcher.quoteReplacement(value == null ? "" : escaped(value)));
        }
        places.appendTail(filled);
        missing.forEach(name -> problems.add(new DefinitionInvalid.Problem("", "no value for ${" + name + "}")));
        unused.forEach(name ->
                problems.add(new DefinitionInvalid.Problem("", "the definition has no place for the value " + name)));
        if (!problems.isEmpty()) {
            throw new DefinitionInvalid("substitution", problems);
        }
        return filled.toString();
    }

    private static String escaped(String value) {
        String quoted = Json.text(Json.NODES.textNode(value));
        return quoted.substring(1, quoted.length() - 1);
    }
}
