package dev.resync.mapping;

import dev.resync.mapping.Classified.Keyed;
import dev.resync.mapping.Classified.Reason;
import dev.resync.mapping.Classified.WithoutKey;
import dev.resync.plan.ExclusionRule;
import dev.resync.plan.FieldTest;
import dev.resync.plan.KeyTest;
import dev.resync.plan.value.WhiteSpace;
import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** One exclusion rule, ready to ask. Thread-safe. */
final class Exclusion {

    private final Classified.Excluded answer;
    private final Test test;

    Exclusion(ExclusionRule rule) {
        this.answer = new Classified.Excluded(rule.rule());
        this.test = rule.key() != null ? keyTest(rule.key()) : fieldTest(rule.where());
    }

    Classified.Excluded answer() {
        return answer;
    }

    /**
     * @param document the document
     * @param raw its raw key; null for missing
     * @param read what the raw key was read as
     */
    boolean claims(BsonDocument document, BsonValue raw, Classified read) {
        return test.claims(document, raw, read);
    }

    private interface Test {
        boolean claims(BsonDocument document, BsonValue raw, Classified read);
    }

    private static Test keyTest(KeyTest test) {
        Scalars in = new Scalars(test.in(), test.ignoreCase());
        return (document, raw, read) -> {
            if (read instanceof WithoutKey without && claimsWithoutKey(test, without.reason())) {
                return true;
            }
            if (raw == null) {
                return false;
            }
            if (in.contains(raw) || contains(test, raw) || (test.blank() && isBlank(raw))) {
                return true;
            }
            return read instanceof Keyed keyed && (in.contains(keyed.key()) || contains(test, keyed.key()));
        };
    }

    private static boolean claimsWithoutKey(KeyTest test, Reason reason) {
        return switch (reason) {
            case MISSING -> test.missing();
            case NULL -> test.isNull();
            case BLANK -> test.blank();
            case WRONG_TYPE, ARRAY -> test.wrongType();
        };
    }

    private static boolean contains(KeyTest test, BsonValue key) {
        if (test.contains() == null || !(key instanceof BsonString text)) {
            return false;
        }
        return test.ignoreCase()
                ? text.getValue()
                        .toLowerCase(Locale.ROOT)
                        .contains(test.contains().toLowerCase(Locale.ROOT))
                : text.getValue().contains(test.contains());
    }

    private static boolean isBlank(BsonValue key) {
        return key instanceof BsonString text && WhiteSpace.isBlank(text.getValue());
    }

    private static Test fieldTest(FieldTest test) {
        FieldPath field = new FieldPath(test.field());
        Scalars in = test.in() == null ? null : new Scalars(test.in(), test.ignoreCase());
        Scalars notIn = test.notIn() == null ? null : new Scalars(test.notIn(), test.ignoreCase());
        return (document, raw, read) -> {
            BsonValue value = field.find(document);
            return (in != null && in.contains(value))
                    || (notIn != null && !notIn.contains(value))
                    || (test.isNull() && (value == null || SourceKey.isNull(value)));
        };
    }
}
