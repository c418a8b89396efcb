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
import org.bson.BsonDocument;

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
            if (!bundle.has("key") || bundle.path("problems").isEmpty()) {
                throw file.invalid(
                        "has a bundle without key or problems; write {\"key\": …, \"problems\": [{\"reason\": …}]}");
            }
            List<ExpectedProblem> problems = new ArrayList<>();
            bundle.path("problems").forEach(problem -> problems.add(problem(problem)));
            bundles.add(new ExpectedBundle(
                    BsonDocument.parse("{\"key\": " + bundle.get("key") + "}").get("key"), problems));
        }
        return bundles;
    }

    private ExpectedProblem problem(JsonNode problem) {
        requireKnown(problem, PROBLEM, "in a problem");
        if (!problem.has("reason")) {
            throw file.invalid("has a problem without reason; add one such as \"bad-date\"");
        }
        return new ExpectedProblem(
                problem.get("reason").asText(),
                problem.path("source").asText(null),
                problem.path("field").asText(null),
                problem.path("value").asText(null),
                problem.path("target").asText(null));
    }

    Map<String, SourceAccount> accounts() {
        Map<String, SourceAccount> accounts = new LinkedHashMap<>();
        JsonNode all = file.object();
        requireKnown(all, new TreeSet<>(sources), "as a source");
        all.properties().forEach(source -> accounts.put(source.getKey(), account(source.getValue())));
        return accounts;
    }

    private SourceAccount account(JsonNode account) {
        requireKnown(account, COUNTS, "in an account");
        Map<String, Long> excluded = new TreeMap<>();
        account.path(EXCLUDED)
                .properties()
                .forEach(rule -> excluded.put(rule.getKey(), rule.getValue().asLong()));
        return new SourceAccount(
                account.path("read").asLong(),
                account.path("withoutKey").asLong(),
                excluded,
                account.path("unmatched").asLong(),
                account.path("quarantined").asLong(),
                account.path("superseded").asLong(),
                account.path("used").asLong());
    }

    Map<String, List<String>> unmapped() {
        Map<String, List<String>> unmapped = new TreeMap<>();
        JsonNode all = file.object();
        requireKnown(all, new TreeSet<>(sources), "as a source");
        all.properties().forEach(source -> {
            List<String> fields = new ArrayList<>();
            source.getValue().forEach(field -> fields.add(field.asText()));
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
