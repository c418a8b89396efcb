package dev.resync.cli.plan.draft;

import java.util.List;
import org.bson.BsonValue;

/**
 * What a draft thinks of one source.
 *
 * @param name short name
 * @param sample documents of it
 * @param key path of the key field
 * @param keyForm how raw keys become the plan's
 * @param drives whether its documents make rows
 * @param cardinality {@code one}, {@code latest} or {@code many}
 * @param latestBy field that tells the latest; null for none
 */
record SourceDraft(
        String name, Sample sample, String key, KeyForm keyForm, boolean drives, String cardinality, String latestBy) {

    SourceDraft asMany() {
        return new SourceDraft(name, sample, key, keyForm, drives, "many", null);
    }

    SourceDraft asLatest(String field) {
        return new SourceDraft(name, sample, key, keyForm, drives, "latest", field);
    }

    SourceDraft driving() {
        return new SourceDraft(name, sample, key, keyForm, true, cardinality, latestBy);
    }

    SourceDraft with(Sample more) {
        return new SourceDraft(name, more, key, keyForm, drives, cardinality, latestBy);
    }

    /** Returns the most documents of one key in the sample. */
    int mostOfAKey() {
        return sample.by(key).values().stream().mapToInt(List::size).max().orElse(0);
    }

    /** Returns the raw key of this source for a key of the plan. */
    BsonValue raw(BsonValue planKey) {
        return keyForm.raw(planKey);
    }
}
