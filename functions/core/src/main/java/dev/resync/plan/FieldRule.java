package dev.resync.plan;

/** How one field of a target document (or of an array element in it) gets its value. */
public sealed interface FieldRule permits ValueRule, ExpressionRule, EachRule, CountRule, PreservedRule {

    /** Returns the dotted path in the target document, or in the element for rules within {@link EachRule#fields()}. */
    String path();

    /** Returns whether a bundle without a value for this field goes to quarantine. */
    boolean required();

    /** Returns whether the plan lets values of this field be shown; never null. */
    Sensitive sensitive();
}
