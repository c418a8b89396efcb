package dev.resync.plan;

/** What a rule says about its values: whether they may be shown to people. */
public enum Sensitive {
    /** They are shown nowhere, and neither are those of the source fields that the rule reads. */
    YES,
    /** They may be shown; refused where the rule reads a sensitive source field. */
    NO,
    /** The rule says nothing: they are as sensitive as the source fields that it reads. */
    DERIVED
}
