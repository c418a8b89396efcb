package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.local.TestServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A draft from the built-in example's sources and older live views finds most of the built-in plan again. */
class PlanDraftRevalidationTest {

    private static TestServer server;
    private static JsonNode drafted;

    @BeforeAll
    static void draft() {
        server = new TestServer();
        try (MongoClient client = MongoClients.create(server.uri())) {
            client.getDatabase(RevalidationData.DATABASE).drop();
            new Seeding(client).load(new RevalidationData(1_000, 7, Instant.parse("2026-06-15T09:00:00Z")));
        }
        Said said = Cli.type(
                "plan",
                "draft",
                "--json",
                "--sample",
                "2000",
                "--mongo-uri",
                server.uri(),
                "--sources",
                "revalidation.doctorsForDB,revalidation.traineeInfo,revalidation.recommendation,"
                        + "revalidation.connectionLogs,revalidation.hiddenDiscrepancy",
                "--targets",
                "revalidation.masterDoctorView,revalidation.recommendationView");
        assertThat(said.exitCode()).as(said.err()).isZero();
        drafted = said.json();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void keysAreFoundByTheirValues() {
        Map<String, String> keys = new TreeMap<>();
        drafted.at("/plan/sources")
                .properties()
                .forEach(source -> keys.put(
                        source.getKey(), source.getValue().at("/key/field").asText()));
        assertThat(keys)
                .isEqualTo(Map.of(
                        "doctorsForDB", "_id",
                        "traineeInfo", "gmcReferenceNumber",
                        "recommendation", "gmcNumber",
                        "connectionLogs", "gmcId",
                        "hiddenDiscrepancy", "gmcId"));
        assertThat(drafted.at("/plan/sources/doctorsForDB/drives").asBoolean()).isTrue();
        assertThat(drafted.at("/plan/sources/hiddenDiscrepancy/cardinality").asText())
                .isEqualTo("many");
        assertThat(drafted.at("/plan/sources/recommendation/cardinality").asText())
                .isEqualTo("latest");
        assertThat(toDo()).anyMatch(line -> line.startsWith("/sources/recommendation/latestBy: "));
    }

    @Test
    void fieldsAreFoundByTheirValuesEvenUnderOtherNames() {
        Map<String, String> master = rules("masterDoctorView");
        assertThat(master)
                .containsEntry("gmcReferenceNumber", "$key")
                .containsEntry("admin", "doctorsForDB.admin")
                .containsEntry("tisStatus", "doctorsForDB.doctorStatus")
                .containsEntry("placementGrade", "traineeInfo.placementGrade")
                .containsEntry("updatedBy", "connectionLogs.updatedBy")
                .containsEntry("hiddenDiscrepancies", "hiddenDiscrepancy");
        assertThat(rules("recommendationView"))
                .containsEntry("recommendationInfo.doctorStatus", "doctorsForDB.doctorStatus")
                .containsEntry("recommendationInfo.programmeMembershipType", "traineeInfo.programmeMembershipType");
    }

    @Test
    void whatAnEnumMayBeIsLeftToAPerson() {
        assertThat(rules("masterDoctorView")).doesNotContainKey("gmcStatus");
        assertThat(toDo()).anyMatch(line -> line.startsWith("/targets/masterDoctorView/fields: gmcStatus "));
    }

    private static List<String> toDo() {
        List<String> lines = new ArrayList<>();
        drafted.path("toDo").forEach(line -> lines.add(line.asText()));
        return lines;
    }

    /** Returns the first origin of each rule, or the source of an array. */
    private static Map<String, String> rules(String target) {
        Map<String, String> rules = new TreeMap<>();
        drafted.at("/plan/targets/" + target + "/fields")
                .forEach(rule -> rules.put(
                        rule.path("path").asText(),
                        rule.has("each")
                                ? rule.path("each").asText()
                                : rule.at("/from/0").asText()));
        return rules;
    }
}
