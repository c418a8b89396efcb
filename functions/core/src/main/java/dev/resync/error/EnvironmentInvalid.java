package dev.resync.error;

import java.util.List;

/** The environment profile of this deployment is missing or not valid. */
public final class EnvironmentInvalid extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public EnvironmentInvalid(String message) {
        super(message);
    }

    /** @param problems all that is wrong with the profile, at least one */
    public EnvironmentInvalid(List<Problem> problems) {
        super(Problem.describe("The environment profile", problems));
    }
}
