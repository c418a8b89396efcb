package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** Choice: the first rule whose condition is true, else the default. */
final class ChoiceRun extends StateRun {
    private final State.Choice choice;

    ChoiceRun(Walk walk, State.Choice choice, JsonNode input, long enteredEventId) {
        super(walk, choice, input, enteredEventId);
        this.choice = choice;
    }

    @Override
    protected void begin() {
        Bindings bindings = bindings();
        for (State.Rule rule : choice.rules()) {
            JsonNode holds = rule.condition().evaluate(bindings);
            if (!holds.isBoolean()) {
                throw StatesError.query(
                        "The Condition of a rule of state '" + choice.name() + "' must be a boolean, not " + holds);
            }
            if (holds.booleanValue()) {
                leave(rule.exit(), bindings, input());
                return;
            }
        }
        if (choice.otherwise() == null) {
            throw new StatesError(
                    StatesError.NO_CHOICE_MATCHED,
                    "No rule of state '" + choice.name() + "' matched, and it has no Default.");
        }
        leave(choice.otherwise(), bindings, input());
    }
}
