package dev.resync.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.plan.PlanMutants.Mutant;
import dev.resync.error.PlanInvalid;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import dev.resync.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cases of the built-in plan pass, and no change of a rule of the plan gets past all of them. */
class RevalidationCasesTest {

    private static final Path PLAN = Path.of("..", "..", "plans", "revalidation.json");
    private static final Path CASES = Path.of("..", "..", "plans", "revalidation.cases");

    private static final PlanReader READER = new PlanReader();

    /**
     * Changes that change nothing: a key is never null, blank or other than text; constants are text, never null and never
     * blank, and no enum applies to them; an enum of texts gives texts whatever the type says; and several documents go to quarantine unless told otherwise.
     */
    private static final List<Pattern> EQUIVALENT = Stream.of(
                    rule("(recommendationInfo\\.)?gmcReferenceNumber")
                            + "(no type|type = any|required = false|emptyIsNull = true|default = \"other\")",
                    rule("(recommendationInfo\\.)?(existsInGmc|connectionStatus)") + "required = true",
                    rule("(recommendationInfo\\.)?connectionStatus")
                            + "(no type|type = any|emptyIsNull = true|enum = \\[\"MAYBE\"\\])",
                    rule("(gmcStatus|underNotice|tisStatus|recommendationInfo\\.(gmcOutcome|underNotice|doctorStatus))")
                            + "(no type|type = any)",
                    rule("(recommendationInfo\\.)?(doctorFirstName|doctorLastName|tcsPersonId)")
                            + "several = quarantine")
            .map(Pattern::compile)
            .toList();

    private static String rule(String path) {
        return "<" + path + ">: ";
    }

    @Test
    void allCasesPass() {
        Said said = Cli.type("plan", "test", PLAN.toString(), "--cases", CASES.toString(), "--json");
        JsonNode report = said.json();
        assertThat(said.exitCode()).as(report.toPrettyString()).isZero();
        assertThat(report.path("failed").asInt()).isZero();
        assertThat(report.path("passed").asInt()).isGreaterThanOrEqualTo(40);
        assertThat(report.path("cases")).hasSize(report.path("passed").asInt());
    }

    @Test
    void everyEdgeCaseOfTheDomainHasSeveralCases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            List<String> names =
                    folders.map(folder -> folder.getFileName().toString()).toList();
            IntStream.rangeClosed(1, 14).forEach(edge -> assertThat(names)
                    .filteredOn(name -> name.startsWith("%02d-".formatted(edge)))
                    .as("cases of edge case %d", edge)
                    .hasSizeGreaterThan(1));
        }
    }

    @Test
    void noChangeOfARuleGetsPastAllCases() throws IOException {
        JsonNode plan = new ObjectMapper().readTree(PLAN.toFile());
        List<PlanCase> cases = cases();
        List<Mutant> mutants = PlanMutants.of(plan);
        Set<String> survivors = mutants.stream()
                .parallel()
                .filter(mutant -> survives(mutant.plan(), cases))
                .map(mutant -> named(plan, mutant.what()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(mutants).hasSizeGreaterThan(1000);
        assertThat(survivors)
                .filteredOn(survivor -> EQUIVALENT.stream()
                        .noneMatch(known -> known.matcher(survivor).find()))
                .as("changes of the plan that no case minds")
                .isEmpty();
        assertThat(EQUIVALENT).allSatisfy(known -> assertThat(survivors)
                .as("still needed: %s", known)
                .anyMatch(survivor -> known.matcher(survivor).find()));
    }

    private static List<PlanCase> cases() throws IOException {
        CaseReader reader = new CaseReader(plan(Files.readString(PLAN)));
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().map(reader::read).toList();
        }
    }

    private static Plan plan(String json) {
        return READER.read("mutant", json);
    }

    /** Returns whether the plan is accepted and all cases pass. */
    private static boolean survives(JsonNode mutant, List<PlanCase> cases) {
        Plan plan;
        try {
            plan = plan(mutant.toString());
        } catch (PlanInvalid refused) {
            return false;
        }
        return cases.stream().allMatch(each -> CaseCheck.problems(
                        plan, each.expected(), new Trial(plan, each.runStart()).map(each.sources(), each.live()))
                .isEmpty());
    }

    /** Returns what was done, with the path of the rule in place of its position. */
    private static String named(JsonNode plan, String what) {
        int end = what.indexOf(": ");
        JsonNode rule = plan.at(what.substring(0, end));
        return rule.has("path") ? "<" + rule.path("path").asText() + ">" + what.substring(end) : what;
    }
}
