package dev.resync.plan;

import java.util.List;

/**
 * An array with one embedded document for each document of a {@code many} source; empty where there is none.
 *
 * @param path dotted path of the array in the target; never null
 * @param source name of the source; never null
 * @param orderBy order of the elements; ties, and everything where this is empty, go by the source's own order
 * @param sensitive whether its values, those of all its fields, may be shown; never null
 * @param fields rules of an element, with paths relative to it; only {@link ValueRule} and {@link ExpressionRule}
 */
public record EachRule(String path, String source, List<SortField> orderBy, Sensitive sensitive, List<FieldRule> fields)
        implements FieldRule {
    public EachRule {
        orderBy = List.copyOf(orderBy);
        fields = List.copyOf(fields);
    }

    @Override
    public boolean required() {
        return false;
    }
}
