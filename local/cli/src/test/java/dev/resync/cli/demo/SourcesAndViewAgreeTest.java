package dev.resync.cli.demo;

import static dev.resync.cli.demo.RevalidationCollection.CONNECTIONS;
import static dev.resync.cli.demo.RevalidationCollection.DOCTORS;
import static dev.resync.cli.demo.RevalidationCollection.MASTER_DOCTOR_VIEW;
import static dev.resync.cli.demo.RevalidationCollection.RECOMMENDATIONS;
import static dev.resync.cli.demo.RevalidationCollection.TRAINEES;
import static dev.resync.cli.demo.RevalidationDataTest.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/** Reads the source documents as a mapping has to, and compares with the live documents that are up to date. */
class SourcesAndViewAgreeTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final int DOCTORS_TO_COMPARE = 20_000;

    private final RevalidationData data = data(DOCTORS_TO_COMPARE, 7);

    @Test
    void liveSaysWhatTheSourcesSay() {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (int index = 0; index < DOCTORS_TO_COMPARE; index++) {
            Map<String, Object> read = readFromSources(index);
            Optional<BsonDocument> live = data.documentsOf(MASTER_DOCTOR_VIEW, index).stream()
                    .filter(document -> document.get("_id").isString())
                    .findFirst();
            if (read.isEmpty() || live.isEmpty()) {
                continue;
            }
            compared++;
            Map<String, Object> seen = new HashMap<>();
            read.keySet().forEach(name -> seen.put(name, plain(live.get().get(name))));
            if (!seen.equals(read)) {
                differences.add(read + " but live " + seen);
            }
        }
        assertThat(compared).isGreaterThan(DOCTORS_TO_COMPARE * 97 / 100);
        // Nothing differs but what live holds in an older state.
        long changed = data.expectations().live().get(MASTER_DOCTOR_VIEW).changed();
        assertThat(differences).hasSize((int) changed);
    }

    @Test
    void unreadableDoctorsAreThoseExpectedInQuarantine() {
        int unreadable = 0;
        for (int index = 0; index < DOCTORS_TO_COMPARE; index++) {
            try {
                unreadable += read(index) == null ? 1 : 0;
            } catch (RuntimeException notADate) {
                unreadable++;
            }
        }
        assertThat(unreadable).isEqualTo((int) data.expectations().quarantined());
    }

    private Map<String, Object> readFromSources(int index) {
        try {
            return Objects.requireNonNullElse(read(index), Map.of());
        } catch (RuntimeException notADate) {
            return Map.of();
        }
    }

    /** Returns null for a quarantined doctor, nothing where no row drives, else some of the target's fields. */
    private Map<String, Object> read(int index) {
        List<BsonDocument> gmcRows = keyed(DOCTORS, index);
        List<BsonDocument> trainees = keyed(TRAINEES, index);
        if (gmcRows.isEmpty() && trainees.isEmpty()) {
            return Map.of();
        }
        BsonDocument gmc = gmcRows.isEmpty() ? new BsonDocument() : gmcRows.get(0);
        BsonDocument trainee = trainees.isEmpty() ? new BsonDocument() : trainees.get(0);
        Object outcome = keyed(RECOMMENDATIONS, index).stream()
                .max(Comparator.comparing((BsonDocument row) -> moment(row.get("gmcSubmissionDate")))
                        .thenComparing(row -> row.getObjectId("_id").getValue()))
                .map(row -> plain(row.get("outcome")))
                .orElse(null);
        boolean twoPersons =
                trainees.stream().map(row -> row.get("tcsPersonId")).distinct().count() > 1;
        if (twoPersons
                || !known(Vocabulary.UNDER_NOTICE, plain(gmc.get("underNotice")))
                || !known(Vocabulary.DOCTOR_STATUSES, plain(gmc.get("doctorStatus")))
                || !known(List.of("APPROVED", "REJECTED", "UNDER_REVIEW"), outcome)) {
            return null;
        }
        Map<String, Object> fields = new HashMap<>();
        fields.put("doctorFirstName", firstOf(gmc.get("doctorFirstName"), trainee.get("doctorFirstName")));
        fields.put("doctorLastName", firstOf(gmc.get("doctorLastName"), trainee.get("doctorLastName")));
        fields.put("admin", plain(gmc.get("admin")));
        fields.put("tisStatus", plain(gmc.get("doctorStatus")));
        fields.put("placementGrade", plain(trainee.get("placementGrade")));
        fields.put("designatedBody", plain(gmc.get("designatedBodyCode")));
        fields.put("submissionDate", day(gmc.get("submissionDate")));
        fields.put("lastUpdatedDate", day(gmc.get("lastUpdatedDate")));
        boolean single = trainees.size() == 1;
        String ends = day(trainee.get("programmeMembershipEndDate"));
        String curriculum = day(trainee.get("curriculumEndDate"));
        fields.put("membershipEndDate", single ? ends : null);
        fields.put("curriculumEndDate", single ? curriculum : null);
        fields.put("tcsPersonId", plain(trainee.get("tcsPersonId")));
        fields.put("programmeOwner", single ? plain(trainee.get("programmeOwner")) : null);
        List<String> programmes = trainees.stream()
                .map(row -> row.getString("programmeName").getValue())
                .toList();
        fields.put("programmeName", programmes.isEmpty() ? null : String.join(" | ", programmes));
        fields.put("gmcStatus", outcome == null ? null : title((String) outcome));
        fields.put("lastConnectionDateTime", lastConnection(index));
        fields.put("existsInGmc", !gmcRows.isEmpty() && !Boolean.FALSE.equals(plain(gmc.get("existsInGmc"))));
        return fields;
    }

    private String lastConnection(int index) {
        return keyed(CONNECTIONS, index).stream()
                .filter(row -> row.getString("responseCode").getValue().equals("0"))
                .map(row -> moment(row.get("requestTime")))
                .max(Comparator.naturalOrder())
                .map(latest -> {
                    // LocalDateTime leaves out zeros at the end, the target never does.
                    String text =
                            latest.atZone(LONDON).toLocalDateTime().plusNanos(1).toString();
                    return text.substring(0, "2026-01-01T00:00:00.000".length());
                })
                .orElse(null);
    }

    private List<BsonDocument> keyed(RevalidationCollection source, int index) {
        return data.documentsOf(source, index).stream()
                .filter(row -> Objects.equals(plain(row.get(source.keyField())), data.gmcNumber(index)))
                .toList();
    }

    private static boolean known(List<String> values, Object value) {
        return value == null || values.contains(value);
    }

    private static Object firstOf(BsonValue first, BsonValue second) {
        return plain(first) == null ? plain(second) : plain(first);
    }

    private static String title(String outcome) {
        return outcome.equals("UNDER_REVIEW")
                ? "Under Review"
                : outcome.charAt(0) + outcome.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String day(BsonValue value) {
        return plain(value) == null
                ? null
                : moment(value).atZone(LONDON).toLocalDate().toString();
    }

    private static Instant moment(BsonValue value) {
        if (value.isDateTime()) {
            return Instant.ofEpochMilli(value.asDateTime().getValue());
        }
        String text = value.asString().getValue().replace(' ', 'T');
        if (text.length() == "2026-01-01".length()) {
            return LocalDate.parse(text).atStartOfDay(LONDON).toInstant();
        }
        return text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(LONDON).toInstant();
    }

    private static Object plain(BsonValue value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return switch (value.getBsonType()) {
            case STRING -> value.asString().getValue();
            case INT64 -> value.asInt64().getValue();
            case BOOLEAN -> value.asBoolean().getValue();
            default -> value;
        };
    }
}
