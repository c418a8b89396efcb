package dev.resync.plan;

import java.util.List;

/**
 * A field taken from the first of its origins that gives a value.
 *
 * @param path dotted path in the target; never null
 * @param from origins in order of precedence; at least one
 * @param conversion how a value becomes the target's; never null
 * @param several what several documents of a {@code many} source give; never null
 * @param required whether null sends the bundle to quarantine
 * @param sensitive whether its values may be shown; never null
 */
public record ValueRule(
        String path,
        List<FieldOrigin> from,
        ConversionRule conversion,
        Several several,
        boolean required,
        Sensitive sensitive)
        implements FieldRule {
    public ValueRule {
        from = List.copyOf(from);
    }

    /** Returns all places whose values the rule looks at, those that joins put together one by one. */
    public List<FieldOrigin> reads() {
        return from.stream().flatMap(origin -> origin.reads().stream()).toList();
    }
}
