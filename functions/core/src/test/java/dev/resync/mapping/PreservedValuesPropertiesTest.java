package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.mapping.MappingResult.Mapped;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanDocument;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** What a live document keeps is the same whether mapping knew it or it is put in later. */
class PreservedValuesPropertiesTest {

    private static final String[] RULES = {
        "{path: 'name', from: ['people.name']}",
        "{path: 'flags.starred', preserve: true}",
        "{path: 'flags.seen', from: ['people.seen']}",
        "{path: 'owner', preserve: true}",
        "{path: 'flags.note', preserve: true}",
        "{path: 'ids', each: 'visits', fields: [{path: 'id', from: ['_id']}]}",
    };
    private static final BsonDocument PERSON = BsonDocument.parse("{_id: 'K', name: 'Ada', seen: null}");

    @Property(seed = "43", tries = 300)
    void putInLaterGiveWhatMappingWithThemGives(
            @ForAll("live") BsonDocument then, @ForAll("live") BsonDocument now, @ForAll boolean writeNulls) {
        Plan plan = plan(writeNulls);
        MappingResult known = map(plan, now);
        MappingResult earlier = map(plan, then);
        if (known instanceof Mapped expected && earlier instanceof Mapped mapped) {
            assertThat(new PreservedValues(plan.targets().get(0))
                            .into(raw(mapped), now)
                            .toJson())
                    .isEqualTo(raw(expected).toJson());
        }
    }

    @Property(seed = "43", tries = 300)
    void areHitsWhereLiveHasAValue(@ForAll("live") BsonDocument live) {
        BundleMapper mapper = new BundleMapper(plan(true), Bundles.RUN_START);
        if (mapper.map(bundle(live)) instanceof Mapped mapped) {
            List<String> hits =
                    mapped.hits().stream().mapToObj(mapper.ruleIds()::get).toList();
            assertThat(hits.contains("view.owner")).isEqualTo(live.containsKey("owner") && !live.isNull("owner"));
        }
    }

    /** An array on the way is refused by mapping, so what was mapped before stays. */
    @Example
    void areNotTakenFromAnArrayOnTheWay() {
        Plan plan = plan(true);
        BsonDocument live = BsonDocument.parse("{flags: [{starred: 1}], owner: 'Grace'}");
        Mapped before = (Mapped) map(plan, BsonDocument.parse("{flags: {starred: 5}, owner: 'Ada'}"));
        BsonDocument after = new PreservedValues(plan.targets().get(0)).into(raw(before), live);
        assertThat(after.getDocument("flags").get("starred")).isEqualTo(new BsonInt32(5));
        assertThat(after.get("owner")).isEqualTo(new BsonString("Grace"));
        assertThat(((MappingResult.Quarantined) map(plan, live)).problems())
                .contains(new MappingProblem(
                        "array-on-path", null, "flags.starred", "[{\"starred\": 1}]", "view.flags.starred"));
    }

    private static Plan plan(boolean writeNulls) {
        PlanDocument plan = PlanDocument.small().rules(RULES);
        return (writeNulls ? plan : plan.with("/targets/view/nulls", "'omit'")).read();
    }

    private static MappingResult map(Plan plan, BsonDocument live) {
        return new BundleMapper(plan, Bundles.RUN_START).map(bundle(live));
    }

    private static Bundle bundle(BsonDocument live) {
        return new Bundle(
                new BsonString("K"),
                Map.of("people", List.of(PERSON)),
                live.isEmpty() ? Map.of() : Map.of("view", live));
    }

    private static RawBsonDocument raw(Mapped mapped) {
        return new RawBsonDocument(mapped.documents().get("view"), new BsonDocumentCodec());
    }

    /** Live documents that have what is preserved, or not, in forms that fit and that do not. */
    @Provide
    Arbitrary<BsonDocument> live() {
        Arbitrary<BsonValue> values = Arbitraries.of(
                BsonNull.VALUE,
                new BsonInt32(1),
                new BsonString("Grace"),
                BsonDocument.parse("{b: 1, a: null}"),
                new BsonArray(List.of(BsonNull.VALUE, new BsonInt32(2))));
        Arbitrary<BsonValue> flags = Arbitraries.oneOf(
                values,
                Combinators.combine(values.injectNull(0.3), values.injectNull(0.3))
                        .as((starred, note) -> {
                            BsonDocument both = new BsonDocument("other", new BsonInt32(3));
                            put(both, "note", note);
                            put(both, "starred", starred);
                            return both;
                        }));
        return Combinators.combine(flags.injectNull(0.2), values.injectNull(0.2))
                .as((flag, owner) -> {
                    BsonDocument live = new BsonDocument();
                    put(live, "owner", owner);
                    put(live, "flags", flag);
                    return live;
                });
    }

    private static void put(BsonDocument document, String name, BsonValue value) {
        if (value != null) {
            document.put(name, value);
        }
    }
}
