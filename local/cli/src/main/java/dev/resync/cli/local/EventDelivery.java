package dev.resync.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Stands between an execution's status-change event and the rule that it matches: to lose or to repeat it in rehearsals. */
@FunctionalInterface
public interface EventDelivery {

    /** Delivers each event once. */
    EventDelivery PLAIN = (event, rule) -> rule.accept(event);

    /**
     * Delivers an event.
     *
     * @param event of an execution that failed, timed out or was stopped; not to be changed
     * @param rule starts the restore state machine; may be called any number of times
     */
    void deliver(JsonNode event, Consumer<JsonNode> rule);
}
