package dev.resync.cli.run;

import dev.resync.cli.option.Shell;
import dev.resync.run.NextCommands;
import dev.resync.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Words the next step as a command of this program on the same database. */
public final class ShownCommands implements NextCommands {

    private final String program = System.getProperty("resync.program", "./resync");
    private final Shown shown;
    private final Function<Run, Optional<String>> planOf;

    /**
     * @param shown how to name plan, database and environment
     * @param planOf finds the plan file of a run that something else started
     */
    public ShownCommands(Shown shown, Function<Run, Optional<String>> planOf) {
        this.shown = shown;
        this.planOf = planOf;
    }

    @Override
    public String dryRun(Run run) {
        String plan = shown.plan() == null ? planOf.apply(run).orElse(run.plan() + ".json") : shown.plan();
        return command("run --plan " + Shell.quote(plan), run);
    }

    @Override
    public String realRun(Run dryRun, String token) {
        return dryRun(dryRun) + " --confirm " + Shell.quote(token);
    }

    @Override
    public String restore(Run run, String snapshot, List<String> only) {
        return command(restore(snapshot, only), run);
    }

    @Override
    public String restoreDryRun(Run run, String snapshot, List<String> only) {
        return command(restore(snapshot, only) + " --dry-run", run);
    }

    private static String restore(String snapshot, List<String> only) {
        StringBuilder what = new StringBuilder("restore --snapshot ").append(Shell.quote(snapshot));
        only.forEach(target -> what.append(" --only ").append(Shell.quote(target)));
        return what.toString();
    }

    private String command(String what, Run run) {
        return Shell.quote(program) + " " + what + " --mongo-uri " + shown.database() + " " + shown.environment()
                + " --requested-by " + Shell.quote(run.requestedBy()) + " --reason " + Shell.quote(run.reason());
    }
}
