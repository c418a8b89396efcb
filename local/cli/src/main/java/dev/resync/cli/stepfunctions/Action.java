package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What one action of the API does. */
@FunctionalInterface
interface Action {

    /**
     * Carries out a request.
     *
     * @return the answer; empty where there is nothing to say
     * @throws ApiError where the request is refused
     */
    ObjectNode answer(Request request);
}
