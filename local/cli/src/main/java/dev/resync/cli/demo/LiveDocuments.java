package dev.resync.cli.demo;

import dev.resync.cli.demo.DoctorFacts.Gmc;
import dev.resync.cli.demo.DoctorFacts.LiveAge;
import dev.resync.cli.demo.DoctorFacts.Trainee;
import dev.resync.cli.demo.Draws.Topic;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;

/** Writes a live view as a mapping some weeks ago left it. */
final class LiveDocuments {
    /** So many doctors at the start have a second document with an ObjectId as {@code _id}, left behind by an old version. */
    private static final int LEFTOVERS = 2;

    private final long seed;
    private final SourceDocuments ids;

    LiveDocuments(long seed, SourceDocuments ids) {
        this.seed = seed;
        this.ids = ids;
    }

    /** @param facts the doctor in the first generation, however far the sources have gone since */
    List<BsonDocument> write(DoctorFacts facts, RevalidationCollection target) {
        List<BsonDocument> documents = new ArrayList<>();
        boolean known = facts.hasDrivingRow() && (!facts.inSources() || facts.liveAge() != LiveAge.NOT_YET);
        if (known) {
            documents.add(ViewDocuments.write(facts.liveAge() == LiveAge.STALE ? older(facts) : facts, target));
        }
        if (facts.index() < LEFTOVERS && facts.hasDrivingRow()) {
            BsonDocument leftover = ViewDocuments.write(facts, target);
            leftover.put("_id", new BsonObjectId(ids.id(target, facts.index(), 0)));
            documents.add(leftover);
        }
        return documents;
    }

    private DoctorFacts older(DoctorFacts facts) {
        Draws draws = Draws.of(seed, facts.index(), Topic.LIVE, 1);
        Gmc gmc = facts.gmc() == null ? null : olderGmc(facts.gmc(), draws);
        // Without a GMC row, a grade is what moves on.
        List<Trainee> trainees = gmc != null
                ? facts.trainees()
                : facts.trainees().stream().map(row -> olderTrainee(row, draws)).toList();
        return new DoctorFacts(
                facts.index(),
                facts.gmcNumber(),
                facts.group(),
                gmc,
                trainees,
                facts.recommendations(),
                facts.connections(),
                facts.hidden(),
                facts.liveAge());
    }

    private static Gmc olderGmc(Gmc row, Draws draws) {
        LocalDate updated =
                row.lastUpdatedDate() == null ? null : row.lastUpdatedDate().minusDays(draws.between(10, 200));
        // Alone the date is not enough, for it may be null.
        return draws.below(2) == 0
                ? row.reassigned(draws.pickOther(Vocabulary.ADMINS, row.admin()), updated)
                : row.moved(draws.pickOther(Vocabulary.DOCTOR_STATUSES, row.status()), updated);
    }

    private static Trainee olderTrainee(Trainee row, Draws draws) {
        return new Trainee(
                row.oddKey(),
                row.form(),
                row.personId(),
                row.firstName(),
                row.lastName(),
                row.programme(),
                row.membershipType(),
                row.membershipStart(),
                row.membershipEnd(),
                row.curriculumEnd(),
                row.submissionDate(),
                row.body(),
                row.owner(),
                draws.pickOther(Vocabulary.GRADES, row.grade()));
    }
}
