package dev.resync.verify;

/**
 * How one field differs in the documents that live and the new view both have. A value is what is neither missing nor null nor
 * an empty array.
 *
 * @param field path in the target; {@code []} marks the elements of an array, which are paired one by one where both arrays
 *     have as many of them, and of which each counts
 * @param changed values that are another one in the new view
 * @param added values where live has none
 * @param lost values of live where the new view has none
 */
public record FieldDifference(String field, Difference changed, Difference added, Difference lost) {}
