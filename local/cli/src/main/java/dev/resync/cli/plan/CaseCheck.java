package dev.resync.cli.plan;

import dev.resync.chunk.SourceAccount;
import dev.resync.cli.plan.PlanCase.Expected;
import dev.resync.mapping.MappingProblem;
import dev.resync.plan.Plan;
import dev.resync.trial.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Holds what came of a case against what it expects. What a case says nothing of must not happen. */
final class CaseCheck {

    private static final int LONGEST = 400;

    private final Expected expected;
    private final TrialResult found;
    private final ShownValues values;
    private final List<String> problems = new ArrayList<>();

    private CaseCheck(Plan plan, Expected expected, TrialResult found) {
        this.expected = expected;
        this.found = found;
        this.values = new ShownValues(plan);
    }

    /** Returns one line for each difference, without what the plan hides; none where the case passed. */
    static List<String> problems(Plan plan, Expected expected, TrialResult found) {
        CaseCheck check = new CaseCheck(plan, expected, found);
        found.targets().forEach(check::target);
        new QuarantineCheck(expected.quarantine(), check.values, check.problems).check(found.quarantine());
        found.accounts().forEach(check::account);
        check.unmapped();
        return check.problems;
    }

    private void target(String target, List<BsonDocument> documents) {
        List<BsonDocument> wanted = expected.targets().get(target);
        if (wanted == null) {
            if (!documents.isEmpty()) {
                problems.add(target + ": found " + documents.size()
                        + " documents, but the case says nothing of them; add expect/" + target + ".json, such as "
                        + values.text(Columns.cut(documents.toString(), LONGEST)));
            }
            return;
        }
        Map<BsonValue, BsonDocument> byKey = new LinkedHashMap<>();
        documents.forEach(document -> byKey.put(document.get("_id"), document));
        int position = 0;
        for (BsonDocument document : wanted) {
            position++;
            BsonValue key = document.get("_id");
            if (key == null) {
                problems.add(target + ": a document without _id is expected, which is the key; add it");
                continue;
            }
            String where = target + (values.hidesKeys() ? " document " + position : " " + values.key(key));
            BsonDocument made = byKey.remove(key);
            if (made == null) {
                problems.add(where + ": expected a document, found none");
            } else {
                DocumentDifference.of(document, made, (path, value) -> values.field(target, path, value))
                        .forEach(line -> problems.add(where + " " + line));
            }
        }
        byKey.forEach((key, document) -> problems.add(target + " " + values.key(key) + ": expected no document, found "
                + values.text(Columns.cut(BsonText.of(document), LONGEST))));
    }

    private void account(String source, SourceAccount account) {
        boolean given = expected.accounts() != null && expected.accounts().containsKey(source);
        // Without an account all documents must have gone where other expectations look.
        Map<String, Long> wanted = given
                ? counts(expected.accounts().get(source))
                : counts(new SourceAccount(
                        account.read(),
                        0,
                        Map.of(),
                        0,
                        account.quarantined(),
                        0,
                        account.read() - account.quarantined()));
        Map<String, Long> counted = counts(account);
        TreeSet<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(counted.keySet());
        for (String name : names) {
            long want = wanted.getOrDefault(name, 0L);
            long found = counted.getOrDefault(name, 0L);
            if (want != found) {
                problems.add("account of " + source + ", " + name + ": expected " + want + ", found " + found
                        + (given ? "" : "; the case has no account of it in expect/accounts.json"));
            }
        }
    }

    private static Map<String, Long> counts(SourceAccount account) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("read", account.read());
        counts.put("withoutKey", account.withoutKey());
        account.excluded().forEach((rule, count) -> counts.put("excluded by " + rule, count));
        counts.put("unmatched", account.unmatched());
        counts.put("quarantined", account.quarantined());
        counts.put("superseded", account.superseded());
        counts.put("used", account.used());
        return counts;
    }

    private void unmapped() {
        if (expected.unmapped() == null) {
            return;
        }
        TreeSet<String> sources = new TreeSet<>(expected.unmapped().keySet());
        sources.addAll(found.unmapped().keySet());
        for (String source : sources) {
            List<String> wanted = expected.unmapped().getOrDefault(source, List.of());
            List<String> fields = found.unmapped().getOrDefault(source, List.of());
            if (!wanted.equals(fields)) {
                problems.add("unmapped fields of " + source + ": expected " + wanted + ", found " + fields);
            }
        }
    }

    /** Returns a problem as a line, without what it does not say. */
    static String text(MappingProblem problem) {
        return text(problem.reason(), problem.source(), problem.field(), problem.value(), problem.target());
    }

    static String text(String reason, String source, String field, String value, String target) {
        return reason
                + (source == null ? "" : " in " + source + (field == null ? "" : "." + field))
                + (value == null ? "" : " of \"" + value + "\"")
                + (target == null ? "" : " for " + target);
    }
}
