package dev.resync.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoNamespace;
import dev.resync.plan.GateLimits.CatchUpLimits;
import dev.resync.plan.GateLimits.ConsumerQuery;
import dev.resync.plan.GateLimits.DriftLimits;
import dev.resync.plan.GateLimits.DriftPolicy;
import dev.resync.plan.GateLimits.FieldDropOut;
import dev.resync.plan.GateLimits.PerSource;
import dev.resync.schema.Place;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Makes the plan of a document that has passed all checks, with the schema's defaults filled in. */
final class PlanBuilder {

    private static final int CHUNK_DOCUMENTS = 10_000;
    private static final int CHUNK_BYTES = 16 * 1024 * 1024;
    private static final int MINUTES = 60;
    private static final int WEEK_HOURS = 168;
    private static final int CAUGHT_UP_DOCUMENTS = 50_000;

    private final Place plan;

    PlanBuilder(JsonNode document) {
        this.plan = Place.root(document);
    }

    Plan build() {
        ZoneId zone = ZoneId.of(plan.at("timeZone").text());
        Place sources = plan.at("sources");
        Place targets = plan.at("targets");
        RuleBuilder rules = new RuleBuilder(zone);
        return new Plan(
                plan.at("plan").text(),
                plan.at("description").text(),
                PlanHash.of(plan.node()),
                zone,
                keyType(plan.at("key")),
                plan.at("key").at("sensitive").flag(),
                Duration.ofMinutes(plan.at("resumeWithinMinutes").number(MINUTES)),
                retention(plan.at("retention")),
                plan.at("chunk").at("documents").number(CHUNK_DOCUMENTS),
                plan.at("chunk").at("bytes").number(CHUNK_BYTES),
                sources.names().stream()
                        .map(name -> source(name, sources.at(name)))
                        .toList(),
                targets.names().stream()
                        .map(name -> target(name, targets.at(name), rules))
                        .toList(),
                gates(plan.at("gates")));
    }

    private static Retention retention(Place retention) {
        return new Retention(
                retention.at("snapshots").number(Retention.DEFAULT.snapshots()),
                retention.at("days").number(Retention.DEFAULT.days()));
    }

    private static SourcePlan source(String name, Place source) {
        return new SourcePlan(
                name,
                hash(source.node()),
                new MongoNamespace(source.at("namespace").text()),
                new KeyRule(
                        source.at("key").at("field").text(),
                        keyType(source.at("key")),
                        source.at("key").at("transform").items().stream()
                                .map(PlanBuilder::transform)
                                .toList()),
                constant(Cardinality.class, source.at("cardinality").text()),
                source.at("latestBy").text(null),
                source.at("modifiedField").text(null),
                source.at("drives").flag(),
                constant(Duplicates.class, source.at("duplicates").text("quarantine")),
                source.at("identity").text(null),
                source.at("allowScan").flag(),
                source.at("allowEmpty").flag(),
                source.at("sensitive").texts(),
                source.at("exclude").items().stream()
                        .map(PlanBuilder::exclusion)
                        .toList());
    }

    /** What is to be hidden may change in a plan that is mended to resume from MAP. */
    private static String hash(JsonNode source) {
        ObjectNode staged = source.deepCopy();
        staged.remove("sensitive");
        return PlanHash.of(staged);
    }

    private static KeyTransform transform(Place step) {
        return switch (step.text()) {
            case "trim" -> new KeyTransform.Trim();
            case "upper" -> new KeyTransform.Upper();
            case "lower" -> new KeyTransform.Lower();
            case "toString" -> new KeyTransform.ToText();
            case "toNumber" -> new KeyTransform.ToNumber();
            default ->
                new KeyTransform.PadStart(
                        step.at("padStart").at("length").number(1),
                        step.at("padStart").at("with").text().charAt(0));
        };
    }

    private static ExclusionRule exclusion(Place rule) {
        return new ExclusionRule(
                rule.at("rule").text(),
                rule.at("reason").text(),
                rule.has("key") ? keyTest(rule.at("key")) : null,
                rule.has("where") ? fieldTest(rule.at("where")) : null);
    }

    private static KeyTest keyTest(Place test) {
        return new KeyTest(
                scalars(test.at("in")),
                test.at("ignoreCase").flag(),
                test.at("blank").flag(),
                test.at("isNull").flag(),
                test.at("missing").flag(),
                test.at("wrongType").flag(),
                test.at("contains").text(null));
    }

    private static FieldTest fieldTest(Place test) {
        return new FieldTest(
                test.at("field").text(),
                test.has("in") ? scalars(test.at("in")) : null,
                test.has("notIn") ? scalars(test.at("notIn")) : null,
                test.at("ignoreCase").flag(),
                test.at("isNull").flag());
    }

    private static TargetPlan target(String name, Place target, RuleBuilder rules) {
        return new TargetPlan(
                name,
                new MongoNamespace(target.at("namespace").text()),
                target.at("allowCreate").flag(),
                constant(Apply.class, target.at("apply").text("swap")),
                constant(
                        ChangeStreamConsumers.class,
                        target.at("changeStreamConsumers").text()),
                constant(NullHandling.class, target.at("nulls").text("write")),
                target.at("fields").items().stream().map(rules::rule).toList());
    }

    private static GateLimits gates(Place gates) {
        return new GateLimits(
                gates.at("counts").at("maxMissingShare").decimal(0.01),
                gates.at("shrink").at("maxShare").decimal(0.05),
                gates.at("change").at("maxShare").decimal(1),
                gates.at("quarantine").at("maxShare").decimal(0.01),
                perSource(gates.at("sourceAge"), "maxHours", WEEK_HOURS),
                perSource(gates.at("duplicateKeys"), "maxShare", 0.01),
                fieldDropOut(gates.at("fieldDropOut")),
                new HashSet<>(gates.at("neverHit").at("allow").texts()),
                gates.at("consumerQueries").items().stream()
                        .map(PlanBuilder::consumerQuery)
                        .toList(),
                new CatchUpLimits(gates.at("catchUp").at("maxDocuments").number(CAUGHT_UP_DOCUMENTS)),
                new DriftLimits(
                        constant(
                                DriftPolicy.class,
                                gates.at("drift").at("policy").text("refuse")),
                        gates.at("drift").at("maxShare").decimal(0.01)),
                Duration.ofMinutes(gates.at("verdict").at("maxAgeMinutes").number(MINUTES)));
    }

    private static PerSource perSource(Place limits, String name, double byDefault) {
        return new PerSource(limits.at(name).decimal(byDefault), overrides(limits));
    }

    private static FieldDropOut fieldDropOut(Place limits) {
        return new FieldDropOut(limits.at("maxShare").decimal(0.02), overrides(limits));
    }

    private static Map<String, Double> overrides(Place limits) {
        Map<String, Double> overrides = new HashMap<>();
        Place given = limits.at("overrides");
        given.names().forEach(name -> overrides.put(name, given.at(name).decimal(0)));
        return overrides;
    }

    private static ConsumerQuery consumerQuery(Place query) {
        return new ConsumerQuery(
                query.at("name").text(),
                query.at("target").text(),
                BsonDocument.parse(query.at("filter").node().toString()),
                query.at("minimum").node().asLong(1));
    }

    private static KeyType keyType(Place key) {
        return KeyType.of(key.at("type").text()).orElseThrow();
    }

    static List<BsonValue> scalars(Place values) {
        return values.items().stream()
                .map(value -> JsonScalars.toBson(value.node()))
                .toList();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
