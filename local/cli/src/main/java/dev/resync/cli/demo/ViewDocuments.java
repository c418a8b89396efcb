package dev.resync.cli.demo;

import dev.resync.cli.demo.DoctorFacts.Connection;
import dev.resync.cli.demo.DoctorFacts.Gmc;
import dev.resync.cli.demo.DoctorFacts.Hidden;
import dev.resync.cli.demo.DoctorFacts.Recommendation;
import dev.resync.cli.demo.DoctorFacts.Row;
import dev.resync.cli.demo.DoctorFacts.Trainee;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Writes the facts of a doctor in the form of the target views.
 *
 * <p>It works on facts and never reads a source document, so it has nothing in common with the mapping that the product
 * does and can serve as a second opinion on it.
 */
final class ViewDocuments {
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
            .withZone(DateForm.LONDON);
    private static final Map<String, String> OUTCOMES =
            Map.of("APPROVED", "Approved", "REJECTED", "Rejected", "UNDER_REVIEW", "Under Review");
    private static final Map<String, String> API_NAMES = Map.of(
            "tisStatus", "doctorStatus",
            "gmcStatus", "gmcOutcome",
            "membershipType", "programmeMembershipType");

    private ViewDocuments() {}

    static BsonDocument write(DoctorFacts facts, RevalidationCollection target) {
        BsonDocument master = master(facts);
        return target == RevalidationCollection.MASTER_DOCTOR_VIEW ? master : forConsumers(master);
    }

    private static BsonDocument master(DoctorFacts facts) {
        Gmc gmc = facts.gmc();
        List<Trainee> trainees = facts.trainees().stream().filter(Row::keyed).toList();
        Trainee trainee = trainees.isEmpty() ? null : trainees.get(0);
        BsonDocument document = new BsonDocument("_id", text(facts.gmcNumber()));
        document.put("gmcReferenceNumber", text(facts.gmcNumber()));
        boolean namesFromTis = trainee != null && (gmc == null || gmc.firstName() == null);
        document.put("doctorFirstName", text(namesFromTis ? trainee.firstName() : gmc.firstName()));
        document.put("doctorLastName", text(namesFromTis ? trainee.lastName() : gmc.lastName()));
        document.put("submissionDate", date(gmc == null ? null : gmc.submissionDate()));
        document.put("designatedBody", text(gmc == null ? null : gmc.body()));
        document.put("gmcStatus", outcome(facts.latestRecommendation()));
        document.put("underNotice", text(gmc == null ? null : gmc.underNotice()));
        boolean exists = gmc != null && !Boolean.FALSE.equals(gmc.existsInGmc());
        document.put("existsInGmc", BsonBoolean.valueOf(exists));
        putTrainee(document, trainee, trainees);
        document.put("tisStatus", text(gmc == null ? null : gmc.status()));
        document.put("admin", text(gmc == null ? null : gmc.admin()));
        document.put("lastUpdatedDate", date(gmc == null ? null : gmc.lastUpdatedDate()));
        putConnection(document, facts);
        return document;
    }

    private static void putTrainee(BsonDocument document, Trainee row, List<Trainee> rows) {
        boolean several = rows.stream().map(Trainee::programme).distinct().count() > 1;
        // What several programmes do not have in common stays open.
        Trainee only = several ? null : row;
        document.put("tcsPersonId", row == null ? BsonNull.VALUE : new BsonInt64(row.personId()));
        String programmes = rows.stream().map(Trainee::programme).distinct().collect(Collectors.joining(" | "));
        document.put("programmeName", text(row == null ? null : programmes));
        document.put("membershipType", text(only == null ? null : only.membershipType()));
        document.put("membershipStartDate", date(only == null ? null : only.membershipStart()));
        document.put("membershipEndDate", date(only == null ? null : only.membershipEnd()));
        document.put("curriculumEndDate", date(only == null ? null : only.curriculumEnd()));
        document.put("tcsDesignatedBody", text(row == null ? null : row.body()));
        document.put("programmeOwner", text(only == null ? null : only.owner()));
        document.put("placementGrade", text(row == null ? null : row.grade()));
    }

    private static void putConnection(BsonDocument document, DoctorFacts facts) {
        Connection latest = facts.latestConnection();
        document.put("updatedBy", text(latest == null ? null : latest.updatedBy()));
        document.put("lastConnectionDateTime", moment(latest == null ? null : latest.requestTime()));
        String body = facts.gmc() == null ? null : facts.gmc().body();
        document.put("connectionStatus", text(body == null || body.isEmpty() ? "No" : "Yes"));
        BsonArray hidden = new BsonArray();
        facts.hidden().stream().filter(Row::keyed).forEach(row -> hidden.add(discrepancy(row)));
        document.put("hiddenDiscrepancies", hidden);
    }

    private static BsonDocument discrepancy(Hidden row) {
        return new BsonDocument("currentDesignatedBodyCode", text(row.currentBody()))
                .append("programmeOwnerDesignatedBodyCode", text(row.ownerBody()))
                .append("hiddenForDesignatedBodyCode", text(row.hiddenFor()))
                .append("hiddenBy", text(row.hiddenBy()))
                .append("reason", text(row.reason()))
                .append("hiddenDateTime", moment(row.hiddenAt()))
                .append("hiddenUntilDate", date(row.hiddenUntil()));
    }

    private static BsonDocument forConsumers(BsonDocument master) {
        BsonDocument information = new BsonDocument();
        master.forEach((name, value) -> {
            if (!name.equals("_id")) {
                information.put(API_NAMES.getOrDefault(name, name), value);
            }
        });
        return new BsonDocument("_id", master.get("_id")).append("recommendationInfo", information);
    }

    private static BsonValue outcome(Recommendation latest) {
        return latest == null || latest.outcome() == null ? BsonNull.VALUE : text(OUTCOMES.get(latest.outcome()));
    }

    private static BsonValue text(String value) {
        return value == null ? BsonNull.VALUE : new BsonString(value);
    }

    private static BsonValue date(LocalDate value) {
        return value == null ? BsonNull.VALUE : new BsonString(value.toString());
    }

    private static BsonValue moment(Instant value) {
        return value == null ? BsonNull.VALUE : new BsonString(DATE_TIME.format(value));
    }
}
