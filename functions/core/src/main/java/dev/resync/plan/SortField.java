package dev.resync.plan;

/**
 * One field of a sort order.
 *
 * @param field dotted path in the source document; never null
 * @param descending whether the greatest value comes first; null is the lowest value
 */
public record SortField(String field, boolean descending) {}
