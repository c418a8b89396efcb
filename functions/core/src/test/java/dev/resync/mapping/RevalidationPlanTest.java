package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.mapping.Classified.Excluded;
import dev.resync.mapping.Classified.Keyed;
import dev.resync.mapping.MappingResult.Unmatched;
import dev.resync.plan.ClasspathPlans;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edge cases of the revalidation domain, against the shipped plan. */
class RevalidationPlanTest {

    private static final Plan PLAN = new ClasspathPlans(new PlanReader(), List.of("revalidation")).load("revalidation");
    private static final String MASTER = "masterDoctorView";
    private static final String RECOMMENDATION = "recommendationView";

    private static final String GMC = """
            {"_id":"7000001","doctorFirstName":"Ada","doctorLastName":"Byron","sanction":"No","designatedBodyCode":"1-AIIDR8",
             "admin":"admin@example.org","submissionDate":{"$date":"2024-06-30T23:00:00Z"},"dateAdded":{"$date":"2020-01-01T00:00:00Z"},
             "lastUpdatedDate":{"$date":"2024-01-05T00:00:00Z"},"gmcLastUpdatedDateTime":{"$date":"2024-01-05T10:00:00Z"},
             "underNotice":"ON_HOLD","doctorStatus":"STARTED","existsInGmc":true}
            """;
    private static final String TIS = """
            {"_id":{"$oid":"0123456789abcdef00000001"},"gmcReferenceNumber":"7000001","tcsPersonId":{"$numberLong":"4711"},
             "doctorFirstName":"Augusta","doctorLastName":"King","programmeName":"Cardiology","programmeMembershipType":"SUBSTANTIVE",
             "tcsDesignatedBody":"1-AIIDR8","programmeOwner":"London","placementGrade":"ST3","programmeMembershipStartDate":"2022-08-03",
             "programmeMembershipEndDate":"2025-08-05","curriculumEndDate":"2025-08-05","submissionDate":"2024-07-01"}
            """;
    private static final String RECOMMENDED = """
            {"_id":{"$oid":"0123456789abcdef00000002"},"gmcNumber":"7000001","outcome":"UNDER_REVIEW","recommendationType":"REVALIDATE",
             "gmcSubmissionDate":{"$date":"2024-06-30T23:00:00Z"},"comments":["a","b"]}
            """;
    private static final String CONNECTED = """
            {"_id":{"$oid":"0123456789abcdef00000003"},"gmcId":"7000001","newDesignatedBodyCode":"1-AIIDR8","updatedBy":"user@example.org",
             "requestType":"ADD","responseCode":"0","requestTime":{"$date":"2024-01-02T03:04:05.060Z"}}
            """;
    private static final String HIDDEN = """
            {"_id":{"$oid":"0123456789abcdef00000004"},"gmcId":"7000001","currentDesignatedBodyCode":"1-A","programmeOwnerDesignatedBodyCode":"1-B",
             "hiddenForDesignatedBodyCode":"1-C","hiddenBy":"h1","reason":"moving","hiddenDateTime":{"$date":"2024-05-01T11:00:00Z"},
             "hiddenUntilDate":"2024-12-31"}
            """;

    private static Bundles bundle() {
        return Bundles.of(PLAN, new BsonString("7000001"));
    }

    private static Bundles full() {
        return bundle().with("gmc", GMC)
                .with("tis", TIS)
                .with("recommendation", RECOMMENDED)
                .with("connection", CONNECTED)
                .with("hidden", HIDDEN);
    }

    private static BsonValue text(String text) {
        return new BsonString(text);
    }

    @Test
    void aDoctorKnownToAllSourcesIsWhole() {
        BsonDocument doctor = full().document(MASTER);

        assertThat(doctor).isEqualTo(BsonDocument.parse("""
                        {_id: '7000001', gmcReferenceNumber: '7000001', doctorFirstName: 'Ada', doctorLastName: 'Byron',
                         submissionDate: '2024-07-01', designatedBody: '1-AIIDR8', gmcStatus: 'Under Review', underNotice: 'ON_HOLD',
                         existsInGmc: true, tcsPersonId: {$numberLong: '4711'}, programmeName: 'Cardiology',
                         membershipType: 'SUBSTANTIVE', membershipStartDate: '2022-08-03', membershipEndDate: '2025-08-05',
                         curriculumEndDate: '2025-08-05', tcsDesignatedBody: '1-AIIDR8', programmeOwner: 'London',
                         placementGrade: 'ST3', tisStatus: 'STARTED', admin: 'admin@example.org', lastUpdatedDate: '2024-01-05',
                         updatedBy: 'user@example.org', lastConnectionDateTime: '2024-01-02T03:04:05.060',
                         connectionStatus: 'Yes',
                         hiddenDiscrepancies: [{currentDesignatedBodyCode: '1-A', programmeOwnerDesignatedBodyCode: '1-B',
                           hiddenForDesignatedBodyCode: '1-C', hiddenBy: 'h1', reason: 'moving',
                           hiddenDateTime: '2024-05-01T12:00:00.000', hiddenUntilDate: '2024-12-31'}]}
                        """));
        assertThat(full().hits()).hasSize(PLAN.ruleIds().size());
    }

    @Test
    void case01RenamesAreStructuralWhateverTheLayoutOfTheInput() {
        BsonDocument expected = full().document(RECOMMENDATION);
        BsonDocument info = expected.getDocument("recommendationInfo");
        assertThat(info).containsEntry("doctorStatus", text("STARTED"));
        assertThat(info).containsEntry("gmcOutcome", text("Under Review"));
        assertThat(info).containsEntry("programmeMembershipType", text("SUBSTANTIVE"));
        assertThat(info).doesNotContainKeys("tisStatus", "gmcStatus", "membershipType");
        JsonWriterSettings indented = JsonWriterSettings.builder()
                .indent(true)
                .outputMode(JsonMode.EXTENDED)
                .build();
        Bundles reordered = bundle();
        Bundles spaced = bundle();
        Map.of("gmc", GMC, "tis", TIS, "recommendation", RECOMMENDED, "connection", CONNECTED, "hidden", HIDDEN)
                .forEach((source, json) -> {
                    BsonDocument document = BsonDocument.parse(json);
                    BsonDocument reverse = new BsonDocument();
                    List<String> names = List.copyOf(document.keySet());
                    for (int i = names.size() - 1; i >= 0; i--) {
                        reverse.put(names.get(i), document.get(names.get(i)));
                    }
                    reordered.with(source, reverse.toJson());
                    spaced.with(source, document.toJson(indented).replace("\":", "\"  :\t"));
                });
        assertThat(spaced.mapped().documents()).isEqualTo(full().mapped().documents());
        assertThat(reordered.mapped().documents()).isEqualTo(full().mapped().documents());
        assertThat(reordered.document(RECOMMENDATION).toJson()).isEqualTo(expected.toJson());
    }

    @Test
    void case02SeveralProgrammesAreJoinedAndTheRestIsNull() {
        String other = TIS.replace("00000001", "00000000").replace("Cardiology", "Acute Medicine");

        BsonDocument doctor = bundle().with("tis", TIS, other).document(MASTER);

        assertThat(doctor).containsEntry("programmeName", text("Acute Medicine | Cardiology"));
        for (String field : List.of(
                "programmeOwner", "membershipType", "membershipStartDate", "membershipEndDate", "curriculumEndDate")) {
            assertThat(doctor).containsEntry(field, BsonNull.VALUE);
        }
        assertThat(doctor).containsEntry("tcsPersonId", new BsonInt64(4711));
        assertThat(doctor).containsEntry("doctorLastName", text("King"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'unknown'",
                "'UNKNOWN'",
                "'na'",
                "'n/a'",
                "'N/A '",
                "''",
                "'  '",
                "null",
                "'7000001\\u00a0'",
                "'\\u00a0'"
            })
    void case03PlaceholdersForAGmcNumberAreExcludedInEverySource(String number) {
        PLAN.sources().forEach(source -> {
            SourceClassifier classifier = new SourceClassifier(source, PLAN.keyType());
            String json = "{responseCode: '0', '" + source.key().field() + "': " + number + "}";
            assertThat(classifier.classify(BsonDocument.parse(json)))
                    .describedAs(source.name())
                    .isEqualTo(new Excluded("gmc-number-unknown"));
            assertThat(source.exclude().get(0).reason()).isNotBlank();
        });
    }

    @Test
    void case04TwoPeopleUnderOneGmcNumberGoToQuarantine() {
        String other = TIS.replace("4711", "4712").replace("00000001", "00000009");

        assertThat(full().with("tis", other).problems())
                .containsExactly(new MappingProblem("duplicate-key", "tis", "tcsPersonId", "4711, 4712", null));
    }

    @Test
    void case05OnePersonUnderTwoGmcNumbersKeepsBothRows() {
        Bundles one = bundle().with("tis", TIS);
        Bundles two = Bundles.of(PLAN, text("7000002")).with("tis", TIS.replace("7000001", "7000002"));

        assertThat(one.document(MASTER)).containsEntry("tcsPersonId", new BsonInt64(4711));
        assertThat(two.document(MASTER)).containsEntry("tcsPersonId", new BsonInt64(4711));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0"})
    void case06AnEmptyDesignatedBodyStaysAsItIsAndTheDoctorIsNotConnected(String body) {
        assertDesignatedBody(GMC.replace("1-AIIDR8", body), text(body));
    }

    @Test
    void case06WithoutDesignatedBodyTheDoctorIsNotConnected() {
        assertDesignatedBody(GMC.replace("\"1-AIIDR8\"", "null"), BsonNull.VALUE);
        assertDesignatedBody("{_id: '7000001'}", BsonNull.VALUE);
    }

    private static void assertDesignatedBody(String gmc, BsonValue body) {
        Bundles unconnected = bundle().with("gmc", gmc);
        BsonDocument doctor = unconnected.document(MASTER);
        BsonDocument info = unconnected.document(RECOMMENDATION).getDocument("recommendationInfo");

        assertThat(doctor).containsEntry("connectionStatus", text("No")).containsEntry("designatedBody", body);
        assertThat(info).containsEntry("connectionStatus", text("No")).containsEntry("designatedBody", body);
    }

    @Test
    void case06OnlyADoctorOfGmcIsConnected() {
        assertThat(bundle().with("tis", TIS).document(MASTER)).containsEntry("connectionStatus", text("No"));
        assertThat(bundle().with("gmc", GMC).document(MASTER)).containsEntry("connectionStatus", text("Yes"));
    }

    @ParameterizedTest
    @CsvSource({"APPROVED,Approved", "REJECTED,Rejected", "UNDER_REVIEW,Under Review"})
    void case07TheOutcomeIsWrittenForPeople(String outcome, String written) {
        assertThat(bundle().with("gmc", GMC)
                        .with("recommendation", RECOMMENDED.replace("UNDER_REVIEW", outcome))
                        .document(MASTER))
                .containsEntry("gmcStatus", text(written));
    }

    @Test
    void case07NoRecommendationOrNoOutcomeIsNull() {
        assertThat(bundle().with("gmc", GMC).document(MASTER)).containsEntry("gmcStatus", BsonNull.VALUE);
        assertThat(bundle().with("gmc", GMC)
                        .with("recommendation", RECOMMENDED.replace("\"UNDER_REVIEW\"", "null"))
                        .document(MASTER))
                .containsEntry("gmcStatus", BsonNull.VALUE);
        assertThat(bundle().with("gmc", GMC)
                        .with("recommendation", "{gmcNumber: '7000001'}")
                        .document(MASTER))
                .containsEntry("gmcStatus", BsonNull.VALUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{$date: '2024-07-14T23:30:00Z'}       | 2024-07-15",
                "'2024-07-15'                          | 2024-07-15",
                "'2024-07-15 23:30:00'                 | 2024-07-15",
                "'2024-07-15T23:30:00'                 | 2024-07-15",
                "'2024-07-15T23:30:00.123456789012'    | 2024-07-15",
                "'2024-07-14T23:30:00Z'                | 2024-07-15",
                "'2024-07-14T23:30:00.1Z'              | 2024-07-15",
                "'2024-07-15T23:30:00+01:00'           | 2024-07-15",
                "'2024-07-15T00:30:00+0200'            | 2024-07-14",
            })
    void case08DatesComeInManyForms(String date, String written) {
        String gmc = "{_id: '7000001', submissionDate: " + date + "}";

        assertThat(bundle().with("gmc", gmc).document(MASTER)).containsEntry("submissionDate", text(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'15/07/2024'",
                "''",
                "'soon'",
                "'2024-02-30'",
                "'2024-7-1'",
                "20240715",
                "true",
                "{$date: {$numberLong: '999999999999999'}}"
            })
    void case08AnythingElseGoesToQuarantineWithTheNameOfTheField(String date) {
        String gmc = "{_id: '7000001', submissionDate: " + date + "}";

        assertThat(bundle().with("gmc", gmc).problems())
                .hasSize(2)
                .allSatisfy(problem -> {
                    assertThat(problem.reason()).isIn("bad-date", "wrong-type");
                    assertThat(problem.source()).isEqualTo("gmc");
                    assertThat(problem.field()).isEqualTo("submissionDate");
                    assertThat(problem.value()).isNotNull();
                })
                .extracting(MappingProblem::target)
                .containsExactly(
                        "masterDoctorView.submissionDate", "recommendationView.recommendationInfo.submissionDate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{$date: '2024-01-02T03:04:05.060Z'} | 2024-01-02T03:04:05.060",
                "{$date: '2024-07-02T03:04:05Z'}     | 2024-07-02T04:04:05.000",
                "'2024-07-02 03:04:05'               | 2024-07-02T03:04:05.000",
                "'2024-07-02T03:04:05.5'             | 2024-07-02T03:04:05.500",
                "'2024-07-02T03:04:05.123999Z'       | 2024-07-02T04:04:05.123",
                "'2024-07-02'                        | 2024-07-02T00:00:00.000",
            })
    void case09DatetimesLeaveWithThreeDigitsInLondonTime(String time, String written) {
        assertThat(PLAN.timeZone().getId()).isEqualTo("Europe/London");
        String log = "{gmcId: '7000001', responseCode: '0', requestTime: " + time + "}";

        assertThat(bundle().with("gmc", GMC).with("connection", log).document(MASTER))
                .containsEntry("lastConnectionDateTime", text(written));
    }

    @Test
    void case10WhoExistsInGmcIsTrueUnlessTheRowSaysOtherwise() {
        assertThat(bundle().with("gmc", "{_id: '7000001'}").document(MASTER))
                .containsEntry("existsInGmc", BsonBoolean.TRUE);
        assertThat(bundle().with("gmc", "{_id: '7000001', existsInGmc: null}").document(MASTER))
                .containsEntry("existsInGmc", BsonBoolean.TRUE);
        assertThat(bundle().with("gmc", "{_id: '7000001', existsInGmc: false}").document(MASTER))
                .containsEntry("existsInGmc", BsonBoolean.FALSE);
        assertThat(bundle().with("tis", TIS).document(MASTER)).containsEntry("existsInGmc", BsonBoolean.FALSE);
    }

    @Test
    void case11AnUnknownEnumValueGoesToQuarantine() {
        assertThat(bundle().with("gmc", GMC.replace("ON_HOLD", "MAYBE")).problems())
                .contains(new MappingProblem(
                        "unknown-enum-value", "gmc", "underNotice", "MAYBE", "masterDoctorView.underNotice"));
        assertThat(bundle().with("gmc", GMC.replace("STARTED", "started")).problems())
                .extracting(MappingProblem::field)
                .containsOnly("doctorStatus");
    }

    @Test
    void case12FieldsThatNoRuleNamesAreFound() {
        UnmappedFields unmapped = new UnmappedFields(PLAN);
        Set<String> found = new HashSet<>();

        unmapped.collect("gmc", BsonDocument.parse(GMC.replace("\"admin\"", "\"administrator\"")), found);
        assertThat(found).containsExactlyInAnyOrder("administrator", "sanction", "dateAdded", "gmcLastUpdatedDateTime");
        found.clear();
        unmapped.collect("connection", BsonDocument.parse(CONNECTED), found);
        assertThat(found).containsExactlyInAnyOrder("newDesignatedBodyCode", "requestType");
    }

    @Test
    void case13NullInOneDateLeavesTheOthersAlone() {
        BsonDocument doctor = bundle().with("tis", TIS.replace("\"2025-08-05\",\"curr", "null,\"curr"))
                .document(MASTER);

        assertThat(doctor).containsEntry("membershipEndDate", BsonNull.VALUE);
        assertThat(doctor).containsEntry("membershipStartDate", text("2022-08-03"));
        assertThat(doctor).containsEntry("curriculumEndDate", text("2025-08-05"));
    }

    @Test
    void case14TheStartOfTheRunChangesNothingHere() {
        Bundle bundle = new Bundle(text("7000001"), Map.of("gmc", List.of(BsonDocument.parse(GMC))));

        assertThat(new BundleMapper(PLAN, Instant.EPOCH).map(bundle))
                .isEqualTo(new BundleMapper(PLAN, Instant.parse("2099-01-01T00:00:00Z")).map(bundle));
    }

    @Test
    void namesComeFromTisWhereGmcHasNone() {
        String gmc = GMC.replace("\"Ada\"", "\" \"").replace("\"Byron\"", "null");

        BsonDocument doctor = bundle().with("gmc", gmc).with("tis", TIS).document(MASTER);

        assertThat(doctor).containsEntry("doctorFirstName", text("Augusta"));
        assertThat(doctor).containsEntry("doctorLastName", text("King"));
    }

    @Test
    void onlyTheLatestRecommendationAndConnectionCount() {
        String newer = RECOMMENDED
                .replace("{\"$date\":\"2024-06-30T23:00:00Z\"}", "\"2024-07-02\"")
                .replace("UNDER_REVIEW", "APPROVED");
        String undated = RECOMMENDED
                .replace("{\"$date\":\"2024-06-30T23:00:00Z\"}", "null")
                .replace("UNDER_REVIEW", "REJECTED");

        MappingResult.Mapped mapped = full().with("recommendation", newer, undated)
                .with(
                        "connection",
                        CONNECTED.replace("2024-01-02", "2024-03-02").replace("user@", "last@"))
                .mapped();

        assertThat(mapped.documents().get(MASTER)).containsEntry("gmcStatus", text("Approved"));
        assertThat(mapped.documents().get(MASTER)).containsEntry("updatedBy", text("last@example.org"));
        assertThat(mapped.superseded()).isEqualTo(Map.of("recommendation", 2, "connection", 1));
        assertThat(mapped.used())
                .isEqualTo(Map.of("gmc", 1, "tis", 1, "recommendation", 1, "connection", 1, "hidden", 1));
    }

    @Test
    void aFailedConnectionIsExcluded() {
        SourceClassifier classifier = new SourceClassifier(PLAN.source("connection"), PLAN.keyType());

        assertThat(classifier.classify(BsonDocument.parse(CONNECTED))).isInstanceOf(Keyed.class);
        assertThat(classifier.classify(BsonDocument.parse(CONNECTED.replace("\"0\"", "\"98\""))))
                .isEqualTo(new Excluded("request-failed"));
        assertThat(classifier.classify(BsonDocument.parse(CONNECTED.replace("\"0\"", "null"))))
                .isEqualTo(new Excluded("request-failed"));
    }

    @Test
    void hiddenDiscrepanciesAreAllKeptInOrderOfTime() {
        String earlier = HIDDEN.replace("{\"$date\":\"2024-05-01T11:00:00Z\"}", "\"2024-05-01 11:59:59\"")
                .replace("h1", "h0");
        String undated =
                HIDDEN.replace("{\"$date\":\"2024-05-01T11:00:00Z\"}", "null").replace("h1", "h-");

        BsonDocument doctor = full().with("hidden", earlier, undated).document(MASTER);

        assertThat(doctor.getArray("hiddenDiscrepancies"))
                .extracting(hidden -> hidden.asDocument().getString("hiddenBy").getValue())
                .containsExactly("h-", "h0", "h1");
        assertThat(bundle().with("gmc", GMC).document(MASTER).getArray("hiddenDiscrepancies"))
                .isEmpty();
    }

    @Test
    void whatHasNoDoctorIsUnmatched() {
        assertThat(bundle().with("recommendation", RECOMMENDED)
                        .with("hidden", HIDDEN)
                        .map())
                .isEqualTo(new Unmatched());
    }
}
