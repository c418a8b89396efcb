package dev.resync.cli.plan;

import dev.resync.cli.plan.CasesReport.Result;
import dev.resync.error.RequestInvalid;
import dev.resync.plan.Plan;
import dev.resync.trial.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The cases of a plan: one folder each in a folder that holds nothing else that is not hidden. */
final class PlanCases {

    private final Path directory;

    /** @param directory folder of the cases */
    PlanCases(Path directory) {
        this.directory = directory;
    }

    /**
     * Tries every case.
     *
     * @throws RequestInvalid where the folder is none, holds no case, or holds something else
     */
    CasesReport test(Plan plan) {
        CaseReader reader = new CaseReader(plan);
        List<Result> results = new ArrayList<>();
        for (Path folder : folders()) {
            results.add(test(plan, reader, folder));
        }
        return CasesReport.of(plan.name(), results);
    }

    private static Result test(Plan plan, CaseReader reader, Path folder) {
        String name = folder.getFileName().toString();
        PlanCase planCase;
        try {
            planCase = reader.read(folder);
        } catch (CaseInvalid invalid) {
            return new Result(name, "", false, List.of(invalid.getMessage()));
        }
        Trial trial = new Trial(plan, planCase.runStart());
        List<String> problems =
                CaseCheck.problems(plan, planCase.expected(), trial.map(planCase.sources(), planCase.live()));
        return new Result(name, planCase.title(), problems.isEmpty(), problems);
    }

    private List<Path> folders() {
        if (!Files.isDirectory(directory)) {
            throw new RequestInvalid("--cases is " + directory
                    + ", which is no folder; expected a folder that holds one" + " folder for each case.");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> folders = entries.filter(entry -> !CaseReader.isHidden(entry.getFileName()))
                    .sorted()
                    .toList();
            List<Path> others =
                    folders.stream().filter(entry -> !Files.isDirectory(entry)).toList();
            if (folders.isEmpty() || !others.isEmpty()) {
                throw new RequestInvalid("--cases is " + directory + ", which holds "
                        + (folders.isEmpty() ? "no cases" : "files beside the cases: " + others)
                        + "; expected nothing but one folder for each case.");
            }
            return folders;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot list the cases in " + directory, unreadable);
        }
    }
}
