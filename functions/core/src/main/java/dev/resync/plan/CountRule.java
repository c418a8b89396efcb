package dev.resync.plan;

import dev.resync.plan.value.ValueType;

/**
 * A field that holds how many documents of a source the bundle uses; 0 where there is none.
 *
 * @param path dotted path in the target; never null
 * @param source name of the source; never null
 * @param sensitive whether the number may be shown; never null
 * @param type {@link ValueType#INT} or {@link ValueType#LONG}
 */
public record CountRule(String path, String source, Sensitive sensitive, ValueType type) implements FieldRule {

    @Override
    public boolean required() {
        return false;
    }
}
