package dev.resync.plan;

import java.util.List;
import org.bson.BsonValue;

/**
 * Tests of one field of a document; any one that holds claims the document. Numbers that compare equal are equal, texts
 * and numbers never are.
 *
 * @param field dotted path in the source document; never null
 * @param in values to claim; null for no such test
 * @param notIn claims every other value, null and missing included; null for no such test
 * @param ignoreCase whether texts are compared without upper and lower case
 * @param isNull claims null and missing
 */
public record FieldTest(String field, List<BsonValue> in, List<BsonValue> notIn, boolean ignoreCase, boolean isNull) {
    public FieldTest {
        in = in == null ? null : List.copyOf(in);
        notIn = notIn == null ? null : List.copyOf(notIn);
    }
}
