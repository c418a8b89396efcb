package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.mapping.Classified.Keyed;
import dev.resync.mapping.Classified.Reason;
import dev.resync.mapping.Classified.WithoutKey;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import java.nio.file.Path;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

/** The example plan: a read model of another domain, with no Java of its own. */
class WorldPlanTest {

    private static final Plan PLAN = new PlanDirectory(Path.of("../../plans/examples"), new PlanReader()).load("world");

    @Test
    void aRegionHoldsItsCities() {
        BsonDocument region = Bundles.of(PLAN, new BsonString("AD.03"))
                .with("regions", "{_id: 'AD.03', name: 'Encamp', country: 'AD'}")
                .with(
                        "cities",
                        "{_id: 1, name: 'Vila', lat: '42.53176', lng: '1.56654', country: 'AD', regionCode: 'AD.03', admin2: ''}",
                        "{_id: 3, name: 'Pas de la Casa', lat: '42.54277', lng: '1.73361', country: 'AD', regionCode: 'AD.03'}")
                .document();

        assertThat(region).isEqualTo(BsonDocument.parse("""
                        {_id: 'AD.03', name: 'Encamp', country: 'AD',
                         cities: [{name: 'Pas de la Casa', lat: 42.54277, lng: 1.73361}, {name: 'Vila', lat: 42.53176, lng: 1.56654}],
                         cityCount: 2}
                        """));
    }

    @Test
    void aRegionWithoutCitiesStays() {
        assertThat(Bundles.of(PLAN, new BsonString("AD.99"))
                        .with("regions", "{_id: 'AD.99', name: 'None', country: 'AD'}")
                        .document())
                .isEqualTo(BsonDocument.parse("{_id: 'AD.99', name: 'None', country: 'AD', cities: [], cityCount: 0}"));
    }

    @Test
    void aCityWithoutRegionHasNoKey() {
        SourceClassifier cities = new SourceClassifier(PLAN.source("cities"), PLAN.keyType());

        assertThat(cities.classify(BsonDocument.parse("{_id: 2, regionCode: ''}")))
                .isEqualTo(new WithoutKey(Reason.BLANK));
        assertThat(cities.classify(BsonDocument.parse("{_id: 2, regionCode: 'AD.02'}")))
                .isInstanceOf(Keyed.class);
    }
}
