package dev.resync.cli.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.option.RequesterOptions.Who;
import dev.resync.cli.output.Output;
import dev.resync.pace.Throttle;
import dev.resync.run.RunSummary;
import dev.resync.status.RunStatus.Gates;
import java.nio.file.Path;

/**
 * Where runs are controlled: a database with the engine of this process, or the admin API of a deployment. Each is of one
 * environment, and nothing is asked of it before that was found to be the one that is meant.
 */
public interface RunControls extends AutoCloseable {

    /** Shows the environment. */
    void show(Output output);

    /**
     * The same, and where a person sits at the terminal has them type its name.
     *
     * @param what what is about to happen, as the end of "About to …"
     * @throws dev.resync.error.ConfirmationInvalid where they type something else
     */
    void confirm(String what, Output output);

    /**
     * Starts an execution and shows its progress until its run has ended, or waits for a person.
     *
     * @param request the input of the execution, see {@code statemachine/request.schema.json}
     * @param what name of the plan, or another word that names what is done
     */
    Outcome start(ObjectNode request, String what);

    /**
     * Returns the name of the plan that is meant.
     *
     * @param plan its file; where plans are deployed, its name will do
     * @throws dev.resync.error.PlanUnknown where there is none
     * @throws dev.resync.error.PlanChanged where the file is not the plan that is deployed
     */
    String planName(Path plan);

    /**
     * Starts a new execution in which a run goes on, and shows its progress likewise.
     *
     * @param request says which run and from where
     */
    Outcome goOn(ObjectNode request, Who who);

    /** Lets the same execution of a run go on, and shows its progress likewise. */
    Outcome redrive(String runId, Who who);

    /** Ends a run; returns it once it is closed, or cannot be. */
    Outcome stop(String runId, Who who);

    /** Holds a run. */
    RunSummary hold(String runId, Who who);

    /** Lets a run go on that is held. */
    RunSummary release(String runId, Who who);

    /** Limits the pace of a run. */
    RunSummary throttle(String runId, Throttle throttle, Who who);

    /**
     * Returns a run that somebody means to approve or to refuse.
     *
     * @param verb {@code approve} or {@code refuse}
     */
    Verified verified(String verb, String runId, Who who);

    /**
     * What an approval is about.
     *
     * @param verdict what the gates said; null where nothing was verified
     */
    record Verified(RunSummary run, Gates verdict) {}

    /** Approves the cut-over of a run that waits for it. */
    RunSummary approve(String runId, Who who);

    /** Refuses it. */
    RunSummary refuse(String runId, Who who);

    /** Says something beside the progress. */
    void say(String line);

    @Override
    void close();
}
