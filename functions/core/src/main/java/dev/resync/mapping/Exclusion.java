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
        Part part = new Part(test.contains(), test.ignoreCase());
        return (document, raw, read) -> {
            if (read instanceof WithoutKey without && claimsWithoutKey(test, without.reason())) {
                return true;
            }
            if (raw == null) {
                return false;
            }
            if (in.contains(raw) || part.isIn(raw) || (test.blank() && isBlank(raw))) {
                return true;
            }
            return read instanceof Keyed keyed && (in.contains(keyed.key()) || part.isIn(keyed.key()));
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

    /** Text that a key may contain; null for none. */
    private record Part(String text, boolean ignoreCase) {

        Part {
            text = text != null && ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
        }

        boolean isIn(BsonValue key) {
            if (text == null || !(key instanceof BsonString whole)) {
                return false;
            }
            return ignoreCase
                    ? whole.getValue().toLowerCase(Locale.ROOT).contains(text)
                    : whole.getValue().contains(text);
        }
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
