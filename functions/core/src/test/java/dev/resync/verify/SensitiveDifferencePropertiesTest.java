package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.Plan;
import dev.resync.plan.PlanDocument;
import dev.resync.plan.Sensitivity;
import dev.resync.store.ControlJson;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Whatever two documents hold in sensitive fields, and whatever live has in place of arrays, no difference shows it. */
class SensitiveDifferencePropertiesTest {

    private static final String WORD = "zq9word";
    private static final BsonString KEY = new BsonString(WORD);

    private static final String[] RULES = {
        "{path: 'open', from: ['people.open']}",
        "{path: 'home.town', from: ['people.town'], sensitive: true}",
        "{path: 'home.zip', from: ['people.zip']}",
        "{path: 'own', each: 'visits', fields: [{path: 'open', from: ['o']}, {path: 'secret', from: ['s'], sensitive: true}]}",
        "{path: 'named', each: 'visits', fields: [{path: 'open', from: ['o']}, {path: 'secret', from: ['marked']}]}",
        "{path: 'keyed', each: 'visits', fields: [{path: 'open', from: ['o']}, {path: 'secret', from: ['$key']}]}",
        "{path: 'seen', each: 'visits', fields: [{path: 'open', from: ['o']}, {path: 'secret', expression: 'o'}]}",
        "{path: 'whole', each: 'visits', sensitive: true, fields: [{path: 'secret', from: ['w']}]}"
    };

    private static final Plan PLAN = PlanDocument.small()
            .with("/key/sensitive", "true")
            .with("/sources/visits/sensitive", "['marked']")
            .rules(RULES)
            .read();

    @Property
    void noDifferenceShowsASensitiveValue(
            @ForAll("documents") BsonDocument before, @ForAll("documents") BsonDocument after) {
        String shown = differences(PLAN, before, after);
        assertThat(shown).doesNotContain(WORD);
        if (before.get("whole") instanceof BsonString) {
            assertThat(shown).contains(Sensitivity.HIDDEN);
        }
    }

    /** Or the property would hold of a report without examples. */
    @Example
    void withoutThePlansWordTheyShowIt() {
        Plan open = PlanDocument.small()
                .rules(RULES[4], RULES[5].replace(", sensitive: true", ""))
                .read();
        BsonDocument one = BsonDocument.parse("{named: [{open: 1, secret: 'zq9word'}]}");
        assertThat(differences(open, one, new BsonDocument())).contains(WORD);
    }

    private static String differences(Plan plan, BsonDocument before, BsonDocument after) {
        DifferenceTally tally = new DifferenceTally(plan.target("view"), new Sensitivity(plan));
        tally.changed(KEY, raw(before), raw(after));
        tally.added(KEY);
        tally.removed(new BsonString(WORD + "2"));
        return ControlJson.toBson(tally.toDifferences()).toJson();
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    /** Secrets stand where a rule hides them, in fields without a rule, and in what stands where an array should. */
    @Provide
    Arbitrary<BsonDocument> documents() {
        Arbitrary<BsonValue> secrets = Arbitraries.of(
                new BsonString(WORD),
                new BsonString(WORD + "2"),
                new BsonArray(List.of(new BsonString(WORD))),
                new BsonDocument(WORD, new BsonInt32(1)));
        Arbitrary<BsonDocument> elements = Combinators.combine(
                        Arbitraries.integers().between(1, 3), secrets)
                .as((open, secret) -> new BsonDocument("open", new BsonInt32(open)).append("secret", secret));
        Arbitrary<BsonValue> arrays = elements.list().ofMaxSize(3).map(BsonArray::new);
        Arbitrary<BsonValue> any = Arbitraries.frequencyOf(Tuple.of(4, arrays), Tuple.of(1, secrets));
        return Combinators.combine(secrets, any.list().ofSize(5), Arbitraries.of(true, false))
                .as((secret, lists, odd) -> {
                    BsonDocument document = new BsonDocument("open", new BsonInt32(lists.hashCode()))
                            .append("home", odd ? new BsonString(WORD) : new BsonDocument("town", secret))
                            .append("without rule", secret);
                    for (int i = 0; i < lists.size(); i++) {
                        document.append(
                                List.of("own", "named", "keyed", "seen", "whole")
                                        .get(i),
                                lists.get(i));
                    }
                    return document;
                });
    }
}
