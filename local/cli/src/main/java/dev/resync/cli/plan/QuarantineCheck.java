package dev.resync.cli.plan;

import dev.resync.cli.plan.PlanCase.ExpectedBundle;
import dev.resync.cli.plan.PlanCase.ExpectedProblem;
import dev.resync.mapping.MappingProblem;
import dev.resync.trial.TrialResult.QuarantinedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Holds the quarantine of a case against what it expects. */
final class QuarantineCheck {

    private final List<ExpectedBundle> expected;
    private final ShownValues values;
    private final List<String> problems;

    /**
     * @param expected bundles in any order; null where the case says nothing of any
     * @param values what may be shown
     * @param problems takes a line for each difference
     */
    QuarantineCheck(List<ExpectedBundle> expected, ShownValues values, List<String> problems) {
        this.values = values;
        this.expected = expected == null ? List.of() : expected;
        this.problems = problems;
    }

    void check(List<QuarantinedKey> found) {
        List<QuarantinedKey> left = new ArrayList<>(found);
        int position = 0;
        for (ExpectedBundle wanted : expected) {
            position++;
            String where = "quarantine " + (values.hidesKeys() ? "bundle " + position : values.key(wanted.key()));
            Optional<QuarantinedKey> bundle = left.stream()
                    .filter(each -> each.key().equals(wanted.key()))
                    .findFirst();
            if (bundle.isEmpty()) {
                problems.add(where + ": expected the bundle, found none");
                continue;
            }
            left.remove(bundle.get());
            compare(where, wanted.problems(), bundle.get().problems());
        }
        for (QuarantinedKey bundle : left) {
            String where = "quarantine " + values.key(bundle.key());
            bundle.problems()
                    .forEach(problem -> problems.add(where + ": expected no bundle, found " + CaseCheck.text(problem)));
        }
    }

    private void compare(String where, List<ExpectedProblem> wanted, List<MappingProblem> found) {
        List<MappingProblem> left = new ArrayList<>(found);
        for (ExpectedProblem problem : wanted) {
            Optional<MappingProblem> same =
                    left.stream().filter(each -> matches(problem, each)).findFirst();
            if (same.isPresent()) {
                left.remove(same.get());
            } else {
                problems.add(where + ": expected "
                        + CaseCheck.text(
                                problem.reason(),
                                problem.source(),
                                problem.field(),
                                values.text(problem.value()),
                                problem.target())
                        + ", found no such problem");
            }
        }
        left.forEach(
                problem -> problems.add(where + ": expected no further problem, found " + CaseCheck.text(problem)));
    }

    private static boolean matches(ExpectedProblem wanted, MappingProblem found) {
        return wanted.reason().equals(found.reason())
                && Objects.equals(wanted.source(), found.source())
                && Objects.equals(wanted.field(), found.field())
                && Objects.equals(wanted.target(), found.target())
                && (wanted.value() == null || wanted.value().equals(found.value()));
    }
}
