package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.mapping.Classified.Keyed;
import dev.resync.plan.ClasspathPlans;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanDocument;
import dev.resync.plan.PlanReader;
import dev.resync.plan.SourcePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** What holds for every input, sensible or not. */
class MappingPropertiesTest {

    private static final Plan REVALIDATION =
            new ClasspathPlans(new PlanReader(), List.of("revalidation")).load("revalidation");
    private static final Plan MIXED = PlanDocument.small()
            .with("/sources/visits/latestBy", "'at'")
            .with("/sources/people/latestBy", "'at'")
            .with("/sources/people/duplicates", "'latest'")
            .rules(
                    "{path: 'n.a', from: ['people.a', 'moves.a.b', 'visits.a'], several: 'quarantine'}",
                    "{path: 'j', from: ['visits.b'], type: 'string', several: {join: '|'}}",
                    "{path: 'k', from: [{join: ['people.a', 'visits.b', 'moves.a']}], type: 'string', several: {join: '|'}}",
                    "{path: 'n.l', each: 'visits', orderBy: [{field: 'a'}, {field: 'b', direction: 'desc'}],"
                            + " fields: [{path: 'x', from: ['a']}, {path: 'y', from: ['at'], type: 'datetime'}]}",
                    "{path: 'e', expression: '$string($) & $key'}",
                    "{path: 'm', from: ['moves.b'], type: 'double', default: 0}")
            .read();
    private static final List<String> NAMES = List.of("_id", "a", "b", "at", "gmcReferenceNumber", "gmcNumber");

    @Provide
    Arbitrary<BsonValue> scalar() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        1,
                        Arbitraries.of(
                                BsonNull.VALUE,
                                BsonBoolean.TRUE,
                                new BsonMinKey(),
                                new BsonMaxKey(),
                                new BsonDouble(Double.NaN),
                                new BsonDouble(Double.NEGATIVE_INFINITY),
                                new BsonDecimal128(Decimal128.NaN),
                                new BsonDecimal128(Decimal128.NEGATIVE_ZERO),
                                new BsonDateTime(Long.MAX_VALUE))),
                Tuple.of(
                        2,
                        Arbitraries.of("", " ", "\u00a0", "unknown", "1", "2024-01-01", "2024-01-01 10:00:00", "é😀")
                                .map(BsonString::new)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(12).map(BsonString::new)),
                Tuple.of(2, Arbitraries.integers().between(-3, 3).map(BsonInt32::new)),
                Tuple.of(1, Arbitraries.longs().map(BsonInt64::new)),
                Tuple.of(1, Arbitraries.doubles().map(BsonDouble::new)),
                Tuple.of(1, Arbitraries.integers().map(i -> new BsonDecimal128(new Decimal128(i)))),
                Tuple.of(1, Arbitraries.longs().between(0, 4_000_000_000_000L).map(BsonDateTime::new)),
                Tuple.of(1, Arbitraries.integers().between(0, 9).map(i -> new BsonObjectId(new ObjectId(i, i)))));
    }

    @Provide
    Arbitrary<BsonValue> value() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, scalar()),
                        Tuple.of(1, documentOf(NAMES, scalar()).map(document -> document)),
                        Tuple.of(1, scalar().list().ofMaxSize(2).map(BsonArray::new)),
                        Tuple.of(
                                1,
                                documentOf(NAMES, scalar()).list().ofMaxSize(2).map(BsonArray::new)))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<BsonDocument> document() {
        return documentOf(NAMES, value());
    }

    private static Arbitrary<BsonDocument> documentOf(List<String> names, Arbitrary<BsonValue> values) {
        return Arbitraries.maps(Arbitraries.of(names), values)
                .ofMaxSize(6)
                .map(fields -> {
                    BsonDocument document = new BsonDocument();
                    document.putAll(fields);
                    return document;
                })
                .withoutEdgeCases();
    }

    /** Documents whose values are mostly of use, so that many bundles can be mapped. */
    @Provide
    Arbitrary<BsonDocument> plainDocument() {
        Arbitrary<BsonValue> dates = Arbitraries.of(
                new BsonDateTime(0), new BsonDateTime(86_400_000), new BsonString("2024-01-01"), BsonNull.VALUE);
        Arbitrary<BsonValue> texts = Arbitraries.of("x", "y", "z").map(BsonString::new);
        return Combinators.combine(
                        texts,
                        texts.injectNull(0.3),
                        dates,
                        Arbitraries.integers().between(0, 50))
                .as((a, b, at, id) -> {
                    BsonDocument document = new BsonDocument("_id", new BsonInt32(id))
                            .append("a", a)
                            .append("at", at);
                    return b == null ? document : document.append("b", new BsonString("5"));
                });
    }

    @Provide
    Arbitrary<Map<String, List<BsonDocument>>> mixedBundle() {
        return bundleOf(plainDocument(), List.of("people", "visits", "moves"), 4);
    }

    @Provide
    Arbitrary<Map<String, List<BsonDocument>>> wildBundle() {
        return bundleOf(document(), List.of("people", "visits", "moves"), 3);
    }

    @Provide
    Arbitrary<Map<String, List<BsonDocument>>> wildDoctor() {
        Arbitrary<BsonDocument> documents = documentOf(
                List.of(
                        "_id",
                        "doctorFirstName",
                        "submissionDate",
                        "underNotice",
                        "existsInGmc",
                        "tcsPersonId",
                        "programmeName",
                        "outcome",
                        "gmcSubmissionDate",
                        "requestTime",
                        "hiddenDateTime",
                        "hiddenBy"),
                value());
        return bundleOf(
                documents, REVALIDATION.sources().stream().map(SourcePlan::name).toList(), 2);
    }

    private static Arbitrary<Map<String, List<BsonDocument>>> bundleOf(
            Arbitrary<BsonDocument> documents, List<String> sources, int most) {
        return documents
                .list()
                .ofMaxSize(most)
                .list()
                .ofSize(sources.size())
                .map(lists -> {
                    Map<String, List<BsonDocument>> bundle = new HashMap<>();
                    for (int i = 0; i < sources.size(); i++) {
                        bundle.put(sources.get(i), lists.get(i));
                    }
                    return bundle;
                })
                .withoutEdgeCases();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void neitherOrderOfDocumentsNorOfFieldsMatters(
            @ForAll("mixedBundle") Map<String, List<BsonDocument>> documents, @ForAll long seed) {
        assertIndifferent(MIXED, documents, seed);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void noInputOfAnyKindMakesOrderMatter(
            @ForAll("wildBundle") Map<String, List<BsonDocument>> documents, @ForAll long seed) {
        assertIndifferent(MIXED, documents, seed);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void noInputOfAnyKindIsMoreThanAQuarantine(
            @ForAll("wildDoctor") Map<String, List<BsonDocument>> documents, @ForAll long seed) {
        assertIndifferent(REVALIDATION, documents, seed);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void everyDocumentOfABundleIsAccountedFor(@ForAll("mixedBundle") Map<String, List<BsonDocument>> documents) {
        MappingResult result = map(MIXED, documents);

        if (result instanceof MappingResult.Mapped mapped) {
            documents.forEach((source, list) -> assertThat(mapped.used().getOrDefault(source, 0)
                            + mapped.superseded().getOrDefault(source, 0))
                    .isEqualTo(list.size()));
            assertThat(mapped.documents().keySet()).containsExactly("view");
            assertThat(mapped.documents().get("view").getFirstKey()).isEqualTo("_id");
        } else if (result instanceof MappingResult.Unmatched) {
            assertThat(documents.get("people")).isEmpty();
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void everyDocumentIsClassifiedTheSameRawOrNot(@ForAll("document") BsonDocument document, @ForAll long seed) {
        for (SourcePlan source : REVALIDATION.sources()) {
            SourceClassifier classifier = new SourceClassifier(source, REVALIDATION.keyType());
            Classified classified = classifier.classify(document);

            assertThat(classified).isNotNull();
            assertThat(classifier.classify(raw(document))).isEqualTo(classified);
            assertThat(classifier.classify(shuffled(document, new Random(seed))))
                    .isEqualTo(classified);
            if (classified instanceof Keyed keyed) {
                assertThat(classifier.rangeable(keyed.rawKey())).isTrue();
                assertThat(keyed.key().asString().getValue()).isNotBlank();
            }
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void whatIsNotRangeableHasNoKey(@ForAll("value") BsonValue raw) {
        for (String type : List.of("string", "int", "long", "objectId")) {
            Plan plan = KEYED.get(type);
            SourceClassifier classifier = new SourceClassifier(plan.source("people"), plan.keyType());
            if (!classifier.rangeable(raw)) {
                assertThat(classifier.classify(new BsonDocument("_id", raw))).isNotInstanceOf(Keyed.class);
            }
        }
    }

    private static final Map<String, Plan> KEYED = keyedPlans();

    private static Map<String, Plan> keyedPlans() {
        Map<String, Plan> plans = new HashMap<>();
        for (String type : List.of("string", "int", "long", "objectId")) {
            plans.put(
                    type,
                    PlanDocument.small()
                            .without("/sources/visits")
                            .without("/sources/moves")
                            .with("/key/type", "'" + type + "'")
                            .with("/sources/people/key/type", "'" + type + "'")
                            .read());
        }
        return plans;
    }

    private static void assertIndifferent(Plan plan, Map<String, List<BsonDocument>> documents, long seed) {
        MappingResult expected = map(plan, documents);
        Random random = new Random(seed);
        Map<String, List<? extends BsonDocument>> shuffled = new HashMap<>();
        documents.forEach((source, list) -> {
            List<BsonDocument> copy = new ArrayList<>();
            list.forEach(document -> {
                BsonDocument other = shuffled(document, random);
                copy.add(random.nextBoolean() ? raw(other) : other);
            });
            Collections.shuffle(copy, random);
            shuffled.put(source, copy);
        });
        MappingResult actual = new BundleMapper(plan, Bundles.RUN_START).map(new Bundle(new BsonString("K"), shuffled));

        assertThat(actual).isEqualTo(expected);
        if (expected instanceof MappingResult.Mapped mapped) {
            // Documents are equal in any order of fields; their text is not.
            mapped.documents().forEach((target, document) -> assertThat(((MappingResult.Mapped) actual)
                            .documents()
                            .get(target)
                            .toJson())
                    .isEqualTo(document.toJson()));
        }
    }

    private static MappingResult map(Plan plan, Map<String, List<BsonDocument>> documents) {
        return new BundleMapper(plan, Bundles.RUN_START).map(new Bundle(new BsonString("K"), new HashMap<>(documents)));
    }

    private static BsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    // Embedded documents keep their order: copied whole, it is part of the value.
    private static BsonDocument shuffled(BsonDocument document, Random random) {
        List<String> names = new ArrayList<>(document.keySet());
        Collections.shuffle(names, random);
        BsonDocument shuffled = new BsonDocument();
        names.forEach(name -> shuffled.put(name, document.get(name)));
        return shuffled;
    }
}
