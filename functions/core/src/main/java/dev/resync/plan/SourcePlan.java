package dev.resync.plan;

import com.mongodb.MongoNamespace;
import java.util.List;

/**
 * One source collection of a plan.
 *
 * @param name short name used by the rules; never null
 * @param hash SHA-256 of the canonical JSON of the source in the plan document (keys sorted, no white space, without
 *     {@code sensitive}, which staging does not depend on), lower-case hexadecimal
 * @param namespace database and collection; never null
 * @param key where the key is and how it is transformed; never null
 * @param cardinality how many documents of one key count
 * @param latestBy field that says which document is the latest; null where nothing asks for it
 * @param modifiedField field that says when a document was last changed; null where the plan names none
 * @param drives whether a document of this source makes a row of the targets
 * @param duplicates what duplicates mean; {@link Duplicates#QUARANTINE} where the plan says nothing
 * @param identity field on which all documents of one key must agree, for {@link Cardinality#MANY}; null for none
 * @param allowScan whether the source may be read without an index on the key field
 * @param allowEmpty whether an empty collection is a valid input
 * @param sensitive dotted paths of fields whose values are shown nowhere, besides those that sensitive rules read
 * @param exclude rules for documents to leave out, in order; the first that claims a document counts
 */
public record SourcePlan(
        String name,
        String hash,
        MongoNamespace namespace,
        KeyRule key,
        Cardinality cardinality,
        String latestBy,
        String modifiedField,
        boolean drives,
        Duplicates duplicates,
        String identity,
        boolean allowScan,
        boolean allowEmpty,
        List<String> sensitive,
        List<ExclusionRule> exclude) {
    public SourcePlan {
        sensitive = List.copyOf(sensitive);
        exclude = List.copyOf(exclude);
    }
}
