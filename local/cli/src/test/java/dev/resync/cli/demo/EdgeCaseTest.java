package dev.resync.cli.demo;

import static dev.resync.cli.demo.RevalidationCollection.CONNECTIONS;
import static dev.resync.cli.demo.RevalidationCollection.DOCTORS;
import static dev.resync.cli.demo.RevalidationCollection.HIDDEN_DISCREPANCIES;
import static dev.resync.cli.demo.RevalidationCollection.MASTER_DOCTOR_VIEW;
import static dev.resync.cli.demo.RevalidationCollection.RECOMMENDATIONS;
import static dev.resync.cli.demo.RevalidationCollection.RECOMMENDATION_VIEW;
import static dev.resync.cli.demo.RevalidationCollection.TRAINEES;
import static dev.resync.cli.demo.RevalidationDataTest.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resync.cli.demo.Expectations.LiveDifference;
import dev.resync.cli.demo.Expectations.SourceAccount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeCaseTest {

    @ParameterizedTest
    @ValueSource(ints = {100, 200})
    void everyCaseOccursInASmallPopulation(int doctors) {
        for (int seed = 0; seed < 25; seed++) {
            Expectations expected = data(doctors, seed).expectations();
            assertThat(expected.edgeCases())
                    .containsOnlyKeys(EdgeCase.values())
                    .allSatisfy((edgeCase, count) ->
                            assertThat(count).as(edgeCase.name()).isPositive());
        }
    }

    @Test
    void everyOddKeyOccursWhereItCan() {
        Map<RevalidationCollection, SourceAccount> sources =
                data(200, 7).expectations().sources();
        for (RevalidationCollection source : RevalidationCollection.sources()) {
            Set<OddKey> odd = new HashSet<>(List.of(OddKey.values()));
            if (source == DOCTORS) {
                odd.remove(OddKey.ARRAY);
            }
            assertThat(sources.get(source).oddKeys()).containsOnlyKeys(odd);
        }
    }

    @Test
    void oddKeysAreInTheDocumentsThemselves() {
        Set<Object> kinds = new HashSet<>();
        data(200, 7).documents(RECOMMENDATIONS).forEach(document -> {
            BsonValue key = document.get("gmcNumber");
            if (key == null) {
                kinds.add("missing");
            } else if (!key.isString()) {
                kinds.add(key.getBsonType());
            } else if (!key.asString().getValue().matches("[0-9]{7}")) {
                kinds.add(key.asString().getValue().replaceAll("[0-9]", ""));
            }
        });
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "unknown", "na", "n/a", "", "\u00a0", "missing", BsonType.NULL, BsonType.INT32, BsonType.ARRAY);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 20_000})
    void accountsAddUp(int doctors) {
        RevalidationData data = data(doctors, 7);
        Expectations expected = data.expectations();
        for (RevalidationCollection source : RevalidationCollection.sources()) {
            SourceAccount account = expected.sources().get(source);
            assertThat(account.read())
                    .isEqualTo(expected.documents().get(source))
                    .isEqualTo(data.documents(source).count())
                    .isEqualTo(account.odd()
                            + account.failedResponses()
                            + account.unmatched()
                            + account.quarantined()
                            + account.superseded()
                            + account.used());
        }
        for (RevalidationCollection target : RevalidationCollection.targets()) {
            LiveDifference live = expected.live().get(target);
            assertThat(live.added() + live.changed() + live.unchanged()).isEqualTo(expected.mapped());
            assertThat(live.removed() + live.changed() + live.unchanged())
                    .isEqualTo(expected.documents().get(target))
                    .isEqualTo(data.documents(target).count());
        }
    }

    @Test
    void proportionsHold() {
        int doctors = 20_000;
        Expectations expected = data(doctors, 7).expectations();
        Map<EdgeCase, Double> shares = new HashMap<>();
        expected.edgeCases().forEach((edgeCase, count) -> shares.put(edgeCase, 100.0 * count / doctors));
        assertThat(shares.get(EdgeCase.ORDINARY)).isCloseTo(81, within(0.5));
        assertThat(shares.get(EdgeCase.GMC_ONLY)).isCloseTo(8, within(0.1));
        assertThat(shares.get(EdgeCase.TIS_ONLY)).isCloseTo(6, within(0.1));
        assertThat(shares.get(EdgeCase.SEVERAL_PROGRAMMES)).isCloseTo(3, within(0.1));
        assertThat(shares.get(EdgeCase.SHARED_PERSON)).isBetween(0.1, 0.21);
        assertThat(shares.get(EdgeCase.DUPLICATE_TRAINEE)).isBetween(0.09, 0.15);
        assertThat(shares.get(EdgeCase.BAD_DATE_IN_GMC) + shares.get(EdgeCase.BAD_DATE_IN_TIS))
                .isLessThan(0.1);
        assertThat(shares.get(EdgeCase.UNKNOWN_VALUE_IN_GMC) + shares.get(EdgeCase.UNKNOWN_OUTCOME))
                .isLessThan(0.1);
        assertThat(shares.get(EdgeCase.LEFT_SOURCES)).isCloseTo(0.5, within(0.05));
        assertThat(shares.get(EdgeCase.STALE_IN_LIVE)).isCloseTo(3, within(0.5));
        assertThat(shares.get(EdgeCase.MISSING_IN_LIVE)).isCloseTo(1, within(0.3));
        assertThat(shares.get(EdgeCase.BODY_EMPTY)).isCloseTo(1.4, within(0.4));
        assertThat(shares.get(EdgeCase.BODY_ABSENT)).isCloseTo(2.8, within(0.5));
        assertThat(shares.get(EdgeCase.BODY_DISCREPANCY)).isCloseTo(6.4, within(0.8));
        assertThat(shares.get(EdgeCase.EXISTS_ABSENT)).isCloseTo(3.7, within(0.5));
        assertThat(shares.get(EdgeCase.NULL_DATE)).isCloseTo(3.7, within(0.6));
        assertThat(shares.get(EdgeCase.NO_RECOMMENDATION)).isCloseTo(23, within(1.5));
        assertThat(shares.get(EdgeCase.SEVERAL_RECOMMENDATIONS)).isCloseTo(24, within(1.5));
        assertThat(shares.get(EdgeCase.TIED_RECOMMENDATIONS)).isCloseTo(1, within(0.3));
        assertThat(shares.get(EdgeCase.HIDDEN_DISCREPANCY)).isCloseTo(5, within(0.6));
        assertThat(expected.sources())
                .allSatisfy((source, account) -> assertThat((double) account.unmatched() / account.read())
                        .as(source.collectionName())
                        .isLessThan(0.01));
    }

    @ParameterizedTest
    @CsvSource({"2000", "2001", "3500", "20000"})
    void quarantineStaysFarBelowItsGate(int doctors) {
        for (int seed = 0; seed < 20; seed++) {
            Expectations expected = data(doctors, seed).expectations();
            assertThat(expected.quarantined()).isGreaterThanOrEqualTo(5);
            assertThat((double) expected.quarantined() / expected.bundles()).isLessThan(0.005);
        }
    }

    @Test
    void theLiveViewsShrinkAndChangeWithinTheirGates() {
        Expectations expected = data(20_000, 7).expectations();
        assertThat(expected.live()).hasSize(2).allSatisfy((target, live) -> {
            double documents = expected.documents().get(target);
            assertThat(live.removed() / documents).isBetween(0.004, 0.02);
            assertThat(live.added() / documents).isBetween(0.007, 0.013);
            assertThat(live.changed() / documents).isBetween(0.025, 0.035);
        });
        LiveDifference later =
                data(20_000, 7).inGeneration(2).expectations().live().get(MASTER_DOCTOR_VIEW);
        assertThat(later.changed())
                .isGreaterThan(expected.live().get(MASTER_DOCTOR_VIEW).changed() + 300);
    }

    @Test
    void theLiveViewHoldsTwoLeftovers() {
        for (RevalidationCollection target : RevalidationCollection.targets()) {
            assertThat(data(200, 7).documents(target).filter(document -> document.get("_id")
                            .isObjectId()))
                    .hasSize(2);
        }
    }

    @Test
    void theConsumersViewIsTheMasterViewRenamed() {
        RevalidationData data = data(300, 7);
        List<BsonDocument> masters = data.documents(MASTER_DOCTOR_VIEW).toList();
        List<BsonDocument> views = data.documents(RECOMMENDATION_VIEW).toList();
        assertThat(views).hasSameSizeAs(masters);
        for (int i = 0; i < views.size(); i++) {
            BsonDocument information = views.get(i).getDocument("recommendationInfo");
            BsonDocument master = masters.get(i);
            assertThat(information).hasSize(master.size() - 1).doesNotContainKeys("tisStatus", "gmcStatus");
            assertThat(information.get("doctorStatus")).isEqualTo(master.get("tisStatus"));
            assertThat(information.get("gmcOutcome")).isEqualTo(master.get("gmcStatus"));
            assertThat(information.get("programmeMembershipType")).isEqualTo(master.get("membershipType"));
        }
    }

    @Test
    void sharedPersonsAndDuplicatesCanBeFoundInTheDocuments() {
        RevalidationData data = data(20_000, 7);
        Map<Long, Set<BsonValue>> numbersOfPerson = new HashMap<>();
        Map<BsonValue, Set<Long>> personsOfNumber = new HashMap<>();
        data.documents(TRAINEES).filter(EdgeCaseTest::soundTrainee).forEach(row -> {
            long person = row.getInt64("tcsPersonId").getValue();
            BsonValue number = row.get("gmcReferenceNumber");
            numbersOfPerson.computeIfAbsent(person, key -> new HashSet<>()).add(number);
            personsOfNumber.computeIfAbsent(number, key -> new HashSet<>()).add(person);
        });
        Map<EdgeCase, Long> cases = data.expectations().edgeCases();
        assertThat(numbersOfPerson.values().stream().filter(numbers -> numbers.size() > 1))
                .hasSize(cases.get(EdgeCase.SHARED_PERSON).intValue());
        assertThat(personsOfNumber.values().stream().filter(persons -> persons.size() > 1))
                .hasSize(cases.get(EdgeCase.DUPLICATE_TRAINEE).intValue());
    }

    @Test
    void datesComeInEveryForm() {
        Set<String> forms = new HashSet<>();
        for (RevalidationCollection source : List.of(DOCTORS, RECOMMENDATIONS, CONNECTIONS, HIDDEN_DISCREPANCIES)) {
            data(20_000, 7)
                    .documents(source)
                    .forEach(document -> document.forEach((name, value) -> {
                        if (name.matches(".*(Date|Time)") && !value.isNull()) {
                            forms.add(
                                    value.isDateTime()
                                            ? "date"
                                            : value.asString().getValue().replaceAll("[0-9]", "9"));
                        }
                    }));
        }
        assertThat(forms)
                .contains(
                        "date",
                        "9999-99-99",
                        "9999-99-99 99:99:99",
                        "9999-99-99T99:99:99",
                        "9999-99-99T99:99:99.999",
                        "9999-99-99T99:99:99+99:99",
                        "9999-99-99T99:99:99.999Z");
    }

    @Test
    void aSummerDateIsStoredAsMidnightInLondon() {
        assertThat(DateForm.BSON
                        .write(LocalDate.parse("2026-07-01"))
                        .asDateTime()
                        .getValue())
                .isEqualTo(Instant.parse("2026-06-30T23:00:00Z").toEpochMilli());
        assertThat(DateForm.ISO_OFFSET
                        .write(LocalDate.parse("2026-07-01"))
                        .asString()
                        .getValue())
                .isEqualTo("2026-07-01T00:00:00+01:00");
    }

    private static boolean soundTrainee(BsonDocument row) {
        BsonValue number = row.get("gmcReferenceNumber");
        return number != null
                && number.isString()
                && number.asString().getValue().matches("[0-9]{7}");
    }
}
