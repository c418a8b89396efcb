package dev.resync.cli.run;

import dev.resync.cli.option.Shell;
import dev.resync.run.NextCommands;
import dev.resync.run.Run;

/** Words the next step as a command of this program on the same database. */
public final class ShownCommands implements NextCommands {

    private final String program = System.getProperty("resync.program", "./resync");
    private final String plan;
    private final String database;
    private final String environment;

    /**
     * @param plan file of the plan as typed; null where none was given
     * @param database how to name the database, without secrets
     * @param environment the options that name the environment, and sizes
     */
    public ShownCommands(String plan, String database, String environment) {
        this.plan = plan;
        this.database = database;
        this.environment = environment;
    }

    @Override
    public String dryRun(Run run) {
        String file = plan == null ? run.plan() + ".json" : plan;
        return command("run --plan " + Shell.quote(file), run);
    }

    @Override
    public String realRun(Run dryRun, String token) {
        return dryRun(dryRun) + " --confirm " + Shell.quote(token);
    }

    @Override
    public String restore(Run run, String snapshot) {
        return command("restore --snapshot " + Shell.quote(snapshot), run);
    }

    private String command(String what, Run run) {
        return Shell.quote(program) + " " + what + " --mongo-uri " + database + " " + environment + " --requested-by "
                + Shell.quote(run.requestedBy()) + " --reason " + Shell.quote(run.reason());
    }
}
