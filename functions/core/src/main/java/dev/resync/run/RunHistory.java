package dev.resync.run;

import com.mongodb.client.MongoCollection;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Looks back at runs, without reading more of them than is asked for. */
public final class RunHistory {

    /** What lists of runs do without. */
    private static final BsonDocument LISTED = BsonDocument.parse(
            "{receipt: 0, verdict: 0, stages: 0, sealed: 0, drift: 0, carriedOver: 0, caughtUp: 0, open: 0}");

    private final MongoCollection<BsonDocument> runs;

    public RunHistory(MongoStore store) {
        this.runs = store.control("runs");
    }

    /**
     * Returns the last runs of the same plan and mode that ended without an error, newest first, without the run itself.
     *
     * @param most how many at most, 1 or more
     */
    public List<Run> endedWellBefore(Run run, int most) {
        BsonDocument alike = endedWell(run, List.of(run.mode().name()))
                .append("_id", new BsonDocument("$ne", new BsonString(run.id())));
        List<Run> found = new ArrayList<>();
        runs.find(alike)
                .sort(new BsonDocument("endedAt", new BsonInt32(-1)))
                .limit(most)
                .forEach(document -> found.add(ControlJson.fromBson(document, Run.class)));
        return found;
    }

    /**
     * Returns the finished stages of the last runs of the same plan, and of the same direction, that ended without an error,
     * newest first; of a real run also those of dry runs, which do the same but for the end.
     *
     * @param most how many runs at most, 1 or more
     */
    public List<Map<String, StageRecord>> stagesBefore(Run run, int most) {
        List<String> modes = run.mode() == RunMode.EXECUTE
                ? List.of(RunMode.EXECUTE.name(), RunMode.DRY_RUN.name())
                : List.of(run.mode().name());
        List<Map<String, StageRecord>> found = new ArrayList<>();
        runs.find(endedWell(run, modes))
                .sort(new BsonDocument("endedAt", new BsonInt32(-1)))
                .limit(most)
                .projection(new BsonDocument("stages", new BsonInt32(1)))
                .forEach(document ->
                        found.add(ControlJson.fromBson(document, Run.class).stages()));
        return found;
    }

    /**
     * Returns some runs, newest first; those of one second are in no certain order, but always in the same one. They lack
     * receipt, verdict and what else grows with a run's targets.
     *
     * @param after the run before the first one; null for the newest
     * @param most how many at most, 1 or more
     */
    public List<Run> page(Run after, int most) {
        List<Run> found = new ArrayList<>();
        runs.find(after == null ? new BsonDocument() : olderThan(after))
                .sort(new BsonDocument("startedAt", new BsonInt32(-1)).append("_id", new BsonInt32(-1)))
                .limit(most)
                .projection(LISTED)
                .forEach(document -> found.add(ControlJson.fromBson(document, Run.class)));
        return found;
    }

    private static BsonDocument endedWell(Run run, List<String> modes) {
        return new BsonDocument("state", new BsonString(RunState.CLOSED.name()))
                .append("plan", run.plan() == null ? BsonNull.VALUE : new BsonString(run.plan()))
                .append("mode", new BsonDocument("$in", ControlJson.strings(modes)))
                .append("error", BsonNull.VALUE);
    }

    private static BsonDocument olderThan(Run run) {
        BsonValue startedAt = ControlJson.toBsonValue(run.startedAt());
        BsonDocument sameTime = new BsonDocument("startedAt", startedAt)
                .append("_id", new BsonDocument("$lt", new BsonString(run.id())));
        return new BsonDocument(
                "$or",
                new BsonArray(List.of(new BsonDocument("startedAt", new BsonDocument("$lt", startedAt)), sameTime)));
    }
}
