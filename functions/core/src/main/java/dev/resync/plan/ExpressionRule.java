package dev.resync.plan;

/**
 * A field computed by a JSONata expression over the bundle (or over the element, within {@link EachRule#fields()}).
 *
 * @param path dotted path in the target; never null
 * @param expression JSONata text; never null, checked when the plan is read
 * @param conversion how the result becomes the target's value; never null
 * @param required whether null sends the bundle to quarantine
 * @param sensitive whether its values may be shown; never null
 */
public record ExpressionRule(
        String path, String expression, ConversionRule conversion, boolean required, Sensitive sensitive)
        implements FieldRule {}
