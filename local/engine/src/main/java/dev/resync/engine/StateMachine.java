package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** A checked and compiled state machine. Immutable; may be shared between engines and threads. */
public final class StateMachine {
    private final String name;
    private final MachineArn arn;
    private final JsonNode definition;
    private final Scope scope;
    private final Long timeoutSeconds;

    StateMachine(String name, MachineArn arn, JsonNode definition, Scope scope, Long timeoutSeconds) {
        this.name = name;
        this.arn = arn;
        this.definition = definition;
        this.scope = scope;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * Loads a definition from its JSON text, in which all substitutions are made already.
     *
     * @param name the machine's name, for messages and {@code $states.context.StateMachine.Name}; not null
     * @param arn {@code arn:aws:states:<region>:<12 digits>:stateMachine:<name>}; not null
     * @param definition Amazon States Language as JSON text; not null
     * @return the machine
     * @throws DefinitionInvalid if the text is no JSON, or the definition is wrong or uses what is not supported
     * @throws IllegalArgumentException if the ARN has another form
     */
    public static StateMachine load(String name, String arn, String definition) {
        return StateMachineLoader.load(name, arn, definition);
    }

    /**
     * Loads a definition that is parsed already.
     *
     * @param name the machine's name; not null
     * @param arn see {@link #load(String, String, String)}; not null
     * @param definition Amazon States Language; not null; copied
     * @return the machine
     * @throws DefinitionInvalid if the definition is wrong or uses what is not supported
     * @throws IllegalArgumentException if the ARN has another form
     */
    public static StateMachine load(String name, String arn, JsonNode definition) {
        return StateMachineLoader.load(name, arn, definition);
    }

    /**
     * The name given at load.
     *
     * @return not null
     */
    public String name() {
        return name;
    }

    /**
     * The ARN given at load.
     *
     * @return not null
     */
    public String arn() {
        return arn.text();
    }

    /**
     * The definition as loaded.
     *
     * @return a copy
     */
    public JsonNode definition() {
        return definition.deepCopy();
    }

    /**
     * The role that executions run as: there is none behind it.
     *
     * @return an ARN
     */
    public String roleArn() {
        return "arn:" + arn.partition() + ":iam::" + arn.account() + ":role/engine";
    }

    MachineArn machineArn() {
        return arn;
    }

    Scope scope() {
        return scope;
    }

    /** Null if the machine has no time limit. */
    Long timeoutSeconds() {
        return timeoutSeconds;
    }
}
