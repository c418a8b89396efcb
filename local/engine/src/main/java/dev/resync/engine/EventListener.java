package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** Receives status-change events, all on one thread of the engine, in the order in which they happened. */
@FunctionalInterface
public interface EventListener {
    /**
     * An execution began, was redriven or was closed. May call the engine. What it throws is logged and otherwise
     * without effect.
     *
     * @param event in the shape in which EventBridge delivers "Step Functions Execution Status Change"; not to be
     *     changed
     */
    void onStatusChange(JsonNode event);
}
