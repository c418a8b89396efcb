package dev.resync.mapping;

/**
 * Why a bundle could not be mapped.
 *
 * @param reason stable code: {@code wrong-type}, {@code bad-date}, {@code bad-number}, {@code lossy-conversion},
 *     {@code unknown-enum-value}, {@code several-values}, {@code array-on-path}, {@code required-missing},
 *     {@code expression-failed}, {@code duplicate-key}, {@code latest-unclear}, {@code document-too-large}
 * @param source name of the source; null where no single one is to blame
 * @param field dotted path in the source document; null where no single one is to blame
 * @param value offending value (for {@code expression-failed} the message) as text of at most 100 characters; {@link
 *     dev.resync.plan.Sensitivity#HIDDEN} where the plan hides it; may be null
 * @param target id of the rule, as {@link dev.resync.plan.TargetPlan#ruleIds()} gives it; null where the source is at
 *     fault whatever the target
 */
public record MappingProblem(String reason, String source, String field, String value, String target) {}
