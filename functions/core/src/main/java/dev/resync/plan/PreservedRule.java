package dev.resync.plan;

/**
 * A field that others own: it keeps the value that live has, whatever type that is of.
 *
 * @param path dotted path in the target and in live; never null
 * @param sensitive whether its values may be shown
 */
public record PreservedRule(String path, Sensitive sensitive) implements FieldRule {

    @Override
    public boolean required() {
        return false;
    }
}
