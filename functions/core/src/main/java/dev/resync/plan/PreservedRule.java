package dev.resync.plan;

/**
 * A field that others own: it keeps the value that live has, whatever type that is of.
 *
 * @param path dotted path in the target and in live; never null
 */
public record PreservedRule(String path) implements FieldRule {

    @Override
    public boolean required() {
        return false;
    }
}
