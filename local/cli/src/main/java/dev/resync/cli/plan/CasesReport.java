package dev.resync.cli.plan;

import java.util.List;

/**
 * What became of the cases of a plan. The JSON has these names.
 *
 * @param plan name of the plan
 * @param passed number of cases that passed
 * @param failed number of cases that did not, for whatever reason
 * @param cases ascending by name
 */
record CasesReport(String plan, int passed, int failed, List<Result> cases) {

    /**
     * What became of one case.
     *
     * @param name name of its folder
     * @param title what it shows; empty where it says nothing or cannot be read
     * @param passed whether there were no problems
     * @param problems each with the place, what was expected and what was found
     */
    record Result(String name, String title, boolean passed, List<String> problems) {}

    static CasesReport of(String plan, List<Result> cases) {
        int passed = (int) cases.stream().filter(Result::passed).count();
        return new CasesReport(plan, passed, cases.size() - passed, List.copyOf(cases));
    }
}
