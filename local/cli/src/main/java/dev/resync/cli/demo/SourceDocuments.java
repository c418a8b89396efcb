package dev.resync.cli.demo;

import dev.resync.cli.demo.DoctorFacts.Connection;
import dev.resync.cli.demo.DoctorFacts.Gmc;
import dev.resync.cli.demo.DoctorFacts.Hidden;
import dev.resync.cli.demo.DoctorFacts.Recommendation;
import dev.resync.cli.demo.DoctorFacts.Row;
import dev.resync.cli.demo.DoctorFacts.Trainee;
import dev.resync.cli.demo.Draws.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/** Writes the facts of a doctor as documents of the source collections. */
final class SourceDocuments {
    private final long seed;
    private final Instant asOf;

    SourceDocuments(long seed, Instant asOf) {
        this.seed = seed;
        this.asOf = asOf;
    }

    List<BsonDocument> write(DoctorFacts facts, RevalidationCollection source) {
        if (!facts.inSources()) {
            return List.of();
        }
        List<BsonDocument> documents = new ArrayList<>();
        for (Row row : facts.rows(source)) {
            BsonDocument document = new BsonDocument();
            ObjectId id = id(source, facts.index(), documents.size());
            if (source != RevalidationCollection.DOCTORS) {
                document.put("_id", new BsonObjectId(id));
            }
            if (row.keyed()) {
                document.put(source.keyField(), new BsonString(facts.gmcNumber()));
            } else {
                row.oddKey().putInto(document, source.keyField(), facts.gmcNumber(), id);
            }
            fill(document, row);
            documents.add(document);
        }
        documents.stream().limit(1).forEach(document -> spoil(document, source, facts));
        return documents;
    }

    /** An id that holds collection, doctor and row, so it is unique and later rows of a doctor have greater ids. */
    ObjectId id(RevalidationCollection collection, int index, int row) {
        ByteBuffer bytes = ByteBuffer.allocate(12);
        bytes.putInt((int) asOf.getEpochSecond());
        bytes.put((byte) collection.ordinal()).putInt(index).put((byte) 0).putShort((short) row);
        return new ObjectId(bytes.array());
    }

    private static void fill(BsonDocument document, Row row) {
        if (row instanceof Gmc gmc) {
            fillGmc(document, gmc);
        } else if (row instanceof Trainee trainee) {
            fillTrainee(document, trainee);
        } else if (row instanceof Recommendation recommendation) {
            fillRecommendation(document, recommendation);
        } else if (row instanceof Connection connection) {
            fillConnection(document, connection);
        } else {
            fillHidden(document, (Hidden) row);
        }
    }

    private static void fillGmc(BsonDocument document, Gmc row) {
        if (row.firstName() != null) {
            document.put("doctorFirstName", text(row.firstName()));
            document.put("doctorLastName", text(row.lastName()));
        }
        document.put("submissionDate", date(row.form(), row.submissionDate()));
        document.put("dateAdded", date(row.form(), row.dateAdded()));
        document.put("underNotice", text(row.underNotice()));
        document.put("sanction", text(row.sanction()));
        document.put("doctorStatus", text(row.status()));
        document.put("lastUpdatedDate", date(row.form(), row.lastUpdatedDate()));
        document.put("gmcLastUpdatedDateTime", row.form().write(row.gmcLastUpdated()));
        if (row.body() != null) {
            document.put("designatedBodyCode", text(row.body()));
        }
        document.put("admin", text(row.admin()));
        if (row.existsInGmc() != null) {
            document.put("existsInGmc", BsonBoolean.valueOf(row.existsInGmc()));
        }
        if (row.unnamedField()) {
            document.put("importBatch", text("overnight"));
        }
    }

    private static void fillTrainee(BsonDocument document, Trainee row) {
        document.put("tcsPersonId", new BsonInt64(row.personId()));
        document.put("doctorFirstName", text(row.firstName()));
        document.put("doctorLastName", text(row.lastName()));
        document.put("submissionDate", date(row.form(), row.submissionDate()));
        document.put("programmeName", text(row.programme()));
        document.put("programmeMembershipType", text(row.membershipType()));
        document.put("programmeMembershipStartDate", date(row.form(), row.membershipStart()));
        document.put("programmeMembershipEndDate", date(row.form(), row.membershipEnd()));
        document.put("curriculumEndDate", date(row.form(), row.curriculumEnd()));
        document.put("tcsDesignatedBody", text(row.body()));
        document.put("programmeOwner", text(row.owner()));
        document.put("placementGrade", text(row.grade()));
    }

    private static void fillRecommendation(BsonDocument document, Recommendation row) {
        document.put("outcome", nullable(row.outcome()));
        document.put("recommendationType", text(row.type()));
        document.put("recommendationStatus", text(row.status()));
        document.put("gmcSubmissionDate", date(row.form(), row.gmcSubmissionDate()));
        document.put("actualSubmissionDate", date(row.form(), row.actualSubmissionDate()));
        if (row.deferralDate() != null) {
            document.put("deferralDate", date(row.form(), row.deferralDate()));
        }
        BsonArray comments = new BsonArray();
        row.comments().forEach(comment -> comments.add(text(comment)));
        document.put("comments", comments);
    }

    private static void fillConnection(BsonDocument document, Connection row) {
        document.put("newDesignatedBodyCode", text(row.newBody()));
        document.put("previousDesignatedBodyCode", text(row.previousBody()));
        document.put("updatedBy", text(row.updatedBy()));
        document.put("requestType", text(row.requestType()));
        document.put("requestTime", row.form().write(row.requestTime()));
        document.put("responseCode", text(row.responseCode()));
    }

    private static void fillHidden(BsonDocument document, Hidden row) {
        document.put("currentDesignatedBodyCode", text(row.currentBody()));
        document.put("programmeOwnerDesignatedBodyCode", text(row.ownerBody()));
        document.put("hiddenForDesignatedBodyCode", text(row.hiddenFor()));
        document.put("hiddenBy", text(row.hiddenBy()));
        document.put("reason", text(row.reason()));
        document.put("hiddenDateTime", row.form().write(row.hiddenAt()));
        document.put("hiddenUntilDate", date(row.form(), row.hiddenUntil()));
    }

    // Puts the value in that sends the doctor to quarantine.
    private void spoil(BsonDocument document, RevalidationCollection source, DoctorFacts facts) {
        Draws draws = Draws.of(seed, facts.index(), Topic.BAD_VALUE);
        BsonString badDate = text(draws.pick(Vocabulary.BAD_DATES));
        BsonString badValue = text(draws.pick(Vocabulary.BAD_VALUES));
        boolean first = draws.below(2) == 0;
        switch (facts.group()) {
            case BAD_DATE_IN_GMC ->
                spoil(
                        document,
                        source,
                        RevalidationCollection.DOCTORS,
                        first ? "submissionDate" : "lastUpdatedDate",
                        badDate);
            case BAD_DATE_IN_TIS ->
                spoil(
                        document,
                        source,
                        RevalidationCollection.TRAINEES,
                        first ? "curriculumEndDate" : "programmeMembershipEndDate",
                        badDate);
            case UNKNOWN_VALUE_IN_GMC ->
                spoil(
                        document,
                        source,
                        RevalidationCollection.DOCTORS,
                        first ? "underNotice" : "doctorStatus",
                        badValue);
            case UNKNOWN_OUTCOME ->
                spoil(document, source, RevalidationCollection.RECOMMENDATIONS, "outcome", badValue);
            default -> {
                // Sound.
            }
        }
    }

    private static void spoil(
            BsonDocument document,
            RevalidationCollection source,
            RevalidationCollection spoilt,
            String field,
            BsonString value) {
        if (source == spoilt) {
            document.put(field, value);
        }
    }

    private static BsonValue date(DateForm form, LocalDate date) {
        return date == null ? BsonNull.VALUE : form.write(date);
    }

    private static BsonValue nullable(String value) {
        return value == null ? BsonNull.VALUE : text(value);
    }

    private static BsonString text(String value) {
        return new BsonString(value);
    }
}
