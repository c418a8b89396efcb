package dev.resync.plan;

/**
 * A reason to leave source documents out. They are counted under the rule, never dropped silently.
 *
 * @param rule name, unique in its source; never null
 * @param reason why such documents do not belong in the view, for people; never null
 * @param key test of the key; null where {@code where} is given
 * @param where test of a field; null where {@code key} is given
 */
public record ExclusionRule(String rule, String reason, KeyTest key, FieldTest where) {}
