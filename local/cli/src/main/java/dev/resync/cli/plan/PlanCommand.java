package dev.resync.cli.plan;

import dev.resync.cli.plan.draft.PlanDraftCommand;
import picocli.CommandLine.Command;

/** What the author of a plan needs before the first run. None of it changes a database. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Checks, explains and tests a plan, or drafts one from existing collections.",
        subcommands = {
            PlanValidateCommand.class,
            PlanExplainCommand.class,
            PlanTestCommand.class,
            PlanDraftCommand.class
        })
public final class PlanCommand {}
