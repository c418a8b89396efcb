package dev.resync.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.chunk.SourceAccount;
import dev.resync.cli.plan.PlanCase.ExpectedBundle;
import dev.resync.cli.plan.PlanCase.ExpectedProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what a case expects besides documents:
 *
 * <pre>
 * quarantine.json  [{"key": "7000001", "problems": [{"reason": "bad-date", "source": "gmc", "field": "submissionDate",
 *                    "value": "soon", "target": "view.submissionDate"}]}]
 * accounts.json    {"gmc": {"read": 3, "withoutKey": 1, "excluded": {"gmc-number-unknown": 1}, "used": 1}}
 * unmapped.json    {"gmc": ["sanction"]}
 * </pre>
 *
 * Counts that are not named are 0. {@code value} may be left out where it does not matter.
 */
final class ExpectationReader {

    private static final String EXCLUDED = "excluded";
    private static final Set<String> COUNTS =
            Set.of("read", "withoutKey", EXCLUDED, "unmatched", "quarantined", "superseded", "used");
    private static final Set<String> PROBLEM = Set.of("reason", "source", "field", "value", "target");

    private final CaseFile file;
    private final List<String> sources;

    ExpectationReader(CaseFile file, List<String> sources) {
        this.file = file;
        this.sources = sources;
    }

    List<ExpectedBundle> quarantine() {
        List<ExpectedBundle> bundles = new ArrayList<>();
        for (JsonNode bundle : file.objects()) {
            requireKnown(bundle, Set.of("key", "problems"), "in a bundle");
            if (!bundle.has("key")
                    || !bundle.path("problems").isArray()
                    || bundle.path("problems").isEmpty()) {
                throw file.invalid(
                        "has a bundle without key or problems; write {\"key\": …, \"problems\": [{\"reason\": …}]}");
            }
            List<ExpectedProblem> problems = new ArrayList<>();
            bundle.path("problems").forEach(problem -> problems.add(problem(problem)));
            bundles.add(new ExpectedBundle(file.value(bundle.get("key")), problems));
        }
        return bundles;
    }

    private ExpectedProblem problem(JsonNode problem) {
        if (!problem.isObject()) {
            throw file.invalid("has " + file.quoted(problem.toString())
                    + " where a problem should stand; expected an object such as {\"reason\": \"bad-date\"}");
        }
        requireKnown(problem, PROBLEM, "in a problem");
        if (!problem.hasNonNull("reason")) {
            throw file.invalid("has a problem without reason; add one such as \"bad-date\"");
        }
        return new ExpectedProblem(
                text(problem, "reason"),
                text(problem, "source"),
                text(problem, "field"),
                text(problem, "value"),
                text(problem, "target"));
    }

    private String text(JsonNode problem, String name) {
        JsonNode text = problem.path(name);
        if (!text.isTextual() && !text.isMissingNode() && !text.isNull()) {
            throw file.invalid(
                    "has " + file.quoted(text.toString()) + " as " + name + " of a problem; expected text in quotes");
        }
        return text.textValue();
    }

    Map<String, SourceAccount> accounts() {
        Map<String, SourceAccount> accounts = new LinkedHashMap<>();
        JsonNode all = file.object();
        requireKnown(all, new TreeSet<>(sources), "as a source");
        all.properties().forEach(source -> accounts.put(source.getKey(), account(source.getKey(), source.getValue())));
        return accounts;
    }

    private SourceAccount account(String source, JsonNode account) {
        if (!account.isObject()) {
            throw file.invalid("has " + file.quoted(account.toString()) + " as the account of " + source
                    + "; expected an object such as {\"read\": 1, \"used\": 1}");
        }
        requireKnown(account, COUNTS, "in an account");
        JsonNode rules = account.path(EXCLUDED);
        if (!rules.isObject() && !rules.isMissingNode()) {
            throw file.invalid("has " + file.quoted(rules.toString()) + " as " + EXCLUDED + " of " + source
                    + "; expected an object such as {\"rule\": 1}");
        }
        Map<String, Long> excluded = new TreeMap<>();
        rules.properties()
                .forEach(rule ->
                        excluded.put(rule.getKey(), count(source, EXCLUDED + "." + rule.getKey(), rule.getValue())));
        return new SourceAccount(
                countOf(source, account, "read"),
                countOf(source, account, "withoutKey"),
                excluded,
                countOf(source, account, "unmatched"),
                countOf(source, account, "quarantined"),
                countOf(source, account, "superseded"),
                countOf(source, account, "used"));
    }

    /** Returns a count that may be missing. */
    private long countOf(String source, JsonNode account, String name) {
        return account.has(name) ? count(source, name, account.get(name)) : 0;
    }

    private long count(String source, String name, JsonNode count) {
        if (!count.isIntegralNumber() || !count.canConvertToLong() || count.longValue() < 0) {
            throw file.invalid("has " + file.quoted(count.toString()) + " as " + name + " of " + source
                    + "; expected a whole number from 0");
        }
        return count.longValue();
    }

    Map<String, List<String>> unmapped() {
        Map<String, List<String>> unmapped = new TreeMap<>();
        JsonNode all = file.object();
        requireKnown(all, new TreeSet<>(sources), "as a source");
        all.properties().forEach(source -> {
            List<String> fields = new ArrayList<>();
            source.getValue().forEach(field -> fields.add(field.textValue()));
            if (!source.getValue().isArray() || fields.contains(null)) {
                throw file.invalid("has " + file.quoted(source.getValue().toString()) + " as the fields of "
                        + source.getKey() + "; expected a list of text");
            }
            unmapped.put(source.getKey(), fields.stream().sorted().toList());
        });
        return unmapped;
    }

    private void requireKnown(JsonNode object, Set<String> known, String where) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw file.invalid(
                        "has " + name + " " + where + "; expected one of " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }
}
