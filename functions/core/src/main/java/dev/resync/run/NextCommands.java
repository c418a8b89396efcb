package dev.resync.run;

import java.util.List;

/**
 * Words the commands that a receipt offers, as this installation takes them: the core knows what can be done next, not how
 * it is typed. Implementations return one line that can be pasted as it is, without secrets.
 */
public interface NextCommands {

    /**
     * Returns the command that starts a dry run of the same plan.
     *
     * @param run the run that ended
     */
    String dryRun(Run run);

    /**
     * Returns the command that starts the real run which a dry run allows.
     *
     * @param dryRun the dry run that ended
     * @param token what the real run must echo
     */
    String realRun(Run dryRun, String token);

    /**
     * Returns the command that brings a snapshot back.
     *
     * @param run the run that ended
     * @param snapshot id of the snapshot
     * @param only names of the targets to bring back; empty for all that the snapshot holds
     */
    String restore(Run run, String snapshot, List<String> only);

    /**
     * Returns the command that says what bringing a snapshot back would change.
     *
     * @param run the run that ended
     * @param snapshot id of the snapshot
     * @param only names of the targets to compare; empty for all that the snapshot holds
     */
    String restoreDryRun(Run run, String snapshot, List<String> only);
}
