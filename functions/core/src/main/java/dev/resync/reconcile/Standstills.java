package dev.resync.reconcile;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import dev.resync.approval.Approvals;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.stage.StageContext;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * The {@code standstills} collection: since when the heartbeat of each open run has been what it is. The heartbeat is a counter,
 * and the time is that of whoever looks, so that no two clocks are compared.
 */
final class Standstills {

    /** Twice what a call may take before Step Functions gives it up and asks again. */
    static final Duration LONGEST = Duration.ofMinutes(31);

    private final StageContext context;
    private final MongoCollection<BsonDocument> standstills;
    private final Approvals approvals;

    Standstills(StageContext context) {
        this.context = context;
        this.standstills = context.store().control("standstills");
        this.approvals = new Approvals(context);
    }

    /** Looks at a run whose execution goes on, and tells people, once for each standstill, where it does not get on. */
    void look(Run run) {
        BsonString id = new BsonString(run.id());
        Instant now = context.clock().instant();
        BsonDocument seen = standstills.find(new BsonDocument("_id", id)).first();
        if (seen == null || waits(run) || seen.getInt64("heartbeat").getValue() != run.heartbeat()) {
            BsonDocument anew = new BsonDocument("_id", id)
                    .append("heartbeat", new BsonInt64(run.heartbeat()))
                    .append("since", new BsonString(now.toString()))
                    .append("told", BsonBoolean.FALSE);
            standstills.replaceOne(new BsonDocument("_id", id), anew, new ReplaceOptions().upsert(true));
            return;
        }
        Instant since = Instant.parse(seen.getString("since").getValue());
        if (Duration.between(since, now).compareTo(LONGEST) >= 0 && tellsFirst(seen)) {
            context.audit()
                    .add("ALARM", run.id(), null, "no stage has done anything since " + since + ", nor has it ended");
            context.notices().stuck(run, since);
        }
    }

    /** For people, or to be resumed: that may take as long as it likes. */
    private boolean waits(Run run) {
        return run.held()
                || run.state() == RunState.SUSPENDED
                || (run.approvalToken() != null && !run.rollback() && !approvals.answered(run));
    }

    /** Two may look at once; one of them tells. */
    private boolean tellsFirst(BsonDocument seen) {
        BsonDocument untold = seen.clone().append("told", BsonBoolean.FALSE);
        BsonDocument told = new BsonDocument("$set", new BsonDocument("told", BsonBoolean.TRUE));
        return standstills.updateOne(untold, told).getModifiedCount() == 1;
    }

    /** Forgets runs that are open no longer. */
    void forgetAllBut(Collection<Run> open) {
        List<String> ids = open.stream().map(Run::id).toList();
        standstills.deleteMany(new BsonDocument("_id", new BsonDocument("$nin", ControlJson.strings(ids))));
    }
}
